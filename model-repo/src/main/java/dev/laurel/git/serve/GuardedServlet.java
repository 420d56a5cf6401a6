package dev.laurel.git.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;

/** Lets Git's requests through to a servlet, when they may be made. */
final class GuardedServlet extends HttpServlet {
    private static final String PUSH = "git-receive-pack";
    /** As C git, libgit2, go-git and JGit call themselves. */
    private static final Pattern GIT = Pattern.compile("(?i)\\bj?git/");

    private final transient HttpServlet servlet;
    private final transient ServerAccess access;

    GuardedServlet(HttpServlet servlet, ServerAccess access) {
        this.servlet = servlet;
        this.access = access;
    }

    @Override
    public void init(ServletConfig config) throws ServletException {
        super.init(config);
        servlet.init(config);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        boolean push = String.valueOf(request.getPathInfo()).endsWith("/" + PUSH)
                || PUSH.equals(request.getParameter("service"));
        if (access.admits(request, response, push, (status, message) -> refuse(request, response, status, message))) {
            servlet.service(request, response);
        }
    }

    /** Git shows plain text to its user; everybody else gets problem details. */
    private static void refuse(HttpServletRequest request, HttpServletResponse response, int status, String message)
            throws IOException {
        if (!GIT.matcher(String.valueOf(request.getHeader("User-Agent"))).find()) {
            response.sendError(status, message);
            return;
        }
        response.setStatus(status);
        response.setContentType("text/plain; charset=utf-8");
        response.getOutputStream().write((message + "\n").getBytes(UTF_8));
    }

    @Override
    public void destroy() {
        servlet.destroy();
    }
}
