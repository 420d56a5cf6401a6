package dev.laurel.registry.git;

import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Lets Git's requests through to a servlet, when they may be made. */
final class GuardedServlet extends HttpServlet {
    private static final String PUSH = "git-receive-pack";

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
        if (access.admits(request, response, push)) {
            servlet.service(request, response);
        }
    }

    @Override
    public void destroy() {
        servlet.destroy();
    }
}
