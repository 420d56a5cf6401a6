package dev.laurel.http;

import io.javalin.http.HttpStatus;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.io.QuietException;

/** What servlets throw, Git's and Javalin's, is logged here, once; Jetty would log it without an id, and answer with one all the same. */
final class OwnErrors implements Filter {
    private final ErrorAnswers problems;

    OwnErrors(ErrorAnswers problems) {
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
            if (e instanceof HttpException refused && refused.getCode() < HttpStatus.INTERNAL_SERVER_ERROR.getCode()) {
                // Such as a path that reads two ways, which Jetty answers as a bad request.
                throw e;
            }
            answer(request, response, e);
        }
    }

    private void answer(ServletRequest request, ServletResponse response, Throwable failure) throws IOException {
        HttpServletRequest asked = (HttpServletRequest) request;
        ProblemDetails problem = problem(asked, failure);
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

    /** A path that Jetty will not take apart for a servlet is an error of whoever sent it. */
    private static ProblemDetails problem(HttpServletRequest asked, Throwable failure) {
        return failure instanceof HttpException refused && refused.getCode() < 500
                ? ProblemDetails.of(
                        HttpStatus.forStatus(refused.getCode()),
                        String.valueOf(refused.getReason()),
                        asked.getRequestURI(),
                        Map.of())
                : ErrorAnswers.logged(asked.getMethod(), asked.getRequestURI(), failure);
    }
}
