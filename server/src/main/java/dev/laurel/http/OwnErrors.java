package dev.laurel.http;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.io.QuietException;

/** What servlets throw, Git's and Javalin's, is logged here, once; Jetty would log it without an id, and answer with one all the same. */
final class OwnErrors implements Filter {
    private final Problems problems;

    OwnErrors(Problems problems) {
        this.problems = problems;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            chain.doFilter(request, response);
        } catch (IOException e) {
            if (e instanceof EofException || e instanceof QuietException || e.getCause() instanceof TimeoutException) {
                // The client is gone, or too slow: no error of ours.
                throw e;
            }
            answer(request, response, e);
        } catch (ServletException | RuntimeException | Error e) {
            answer(request, response, e);
        }
    }

    private void answer(ServletRequest request, ServletResponse response, Throwable failure) throws IOException {
        HttpServletRequest asked = (HttpServletRequest) request;
        Problem problem = Problems.logged(asked.getMethod(), asked.getRequestURI(), failure);
        if (response.isCommitted()) {
            // Half an answer was sent: the connection has to end, and everything was said.
            throw new QuietException.RuntimeException(failure);
        }
        HttpServletResponse answer = (HttpServletResponse) response;
        String id = answer.getHeader(RequestIds.HEADER);
        answer.reset();
        answer.setHeader(RequestIds.HEADER, id);
        problems.write(answer, problem);
    }
}
