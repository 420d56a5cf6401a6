package dev.laurel.registry;

import dev.laurel.registry.git.ServerAccess;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.ee10.servlet.ServletApiRequest;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The showcase behind a real server. */
record HttpShowcase(Showcase showcase, Server server) implements AutoCloseable {
    static HttpShowcase in(Path folder) {
        return in(folder, ServerAccess.open());
    }

    static HttpShowcase serve(Showcase showcase) {
        return serve(showcase, 0);
    }

    /** @param port a certain one, or 0 for any that is free */
    static HttpShowcase serve(Showcase showcase, int port) {
        return serving(showcase, new RegistryHttp(showcase.registry()).servlets(), port);
    }

    static HttpShowcase in(Path folder, ServerAccess access) {
        Showcase showcase = Showcase.in(folder);
        return serving(showcase, new RegistryHttp(showcase.registry(), access).servlets());
    }

    /** What may go wrong on the way. */
    enum Fault {
        LOSES_THE_FIRST_ANSWER_TO_A_PUSH
    }

    static HttpShowcase in(Path folder, Fault fault) {
        Showcase showcase = Showcase.in(folder);
        Map<String, HttpServlet> servlets = new HashMap<>(new RegistryHttp(showcase.registry()).servlets());
        servlets.computeIfPresent("/git/*", (path, git) -> new LossyServlet(git));
        return serving(showcase, servlets);
    }

    /** Does what it is told, and cuts the connection the first time that it should say so. */
    private static final class NowhereStream extends ServletOutputStream {
        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {}

        @Override
        public void write(int b) {}
    }

    private static final class LossyServlet extends HttpServlet {
        private final transient HttpServlet git;
        private final AtomicBoolean lost = new AtomicBoolean();

        LossyServlet(HttpServlet git) {
            this.git = git;
        }

        @Override
        public void init(ServletConfig config) throws ServletException {
            git.init(config);
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws ServletException, IOException {
            if (request.getPathInfo().endsWith("/git-receive-pack") && lost.compareAndSet(false, true)) {
                git.service(request, new HttpServletResponseWrapper(response) {
                    @Override
                    public ServletOutputStream getOutputStream() {
                        return new NowhereStream();
                    }
                });
                ServletApiRequest.class
                        .cast(request)
                        .getRequest()
                        .getConnectionMetaData()
                        .getConnection()
                        .getEndPoint()
                        .close();
                return;
            }
            git.service(request, response);
        }
    }

    /** Git by C git's own server; the bytes by ours, since C git has none. */
    static HttpShowcase ofCGit(Path folder) {
        Showcase showcase = Showcase.in(folder);
        Map<String, HttpServlet> servlets = new HashMap<>(new RegistryHttp(showcase.registry()).servlets());
        servlets.put("/git/*", new CGitServlet(CommandLine.in(folder.resolve("work")), showcase.bare()));
        return serving(showcase, servlets);
    }

    private static HttpShowcase serving(Showcase showcase, Map<String, HttpServlet> servlets) {
        return serving(showcase, servlets, 0);
    }

    private static HttpShowcase serving(Showcase showcase, Map<String, HttpServlet> servlets, int port) {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler();
        servlets.forEach((path, servlet) -> context.addServlet(new ServletHolder(servlet), path));
        server.setHandler(context);
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return new HttpShowcase(showcase, server);
    }

    int port() {
        return ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    }

    String url() {
        return url(port());
    }

    static String url(int port) {
        return "http://127.0.0.1:%d/git/models.git".formatted(port);
    }

    /** A clone by the C clients, in the folder {@code clone} beside the repository. */
    CommandLine cloned() {
        Path folder = showcase.bare().resolveSibling("work");
        CommandLine git = CommandLine.in(folder);
        git.run("git", "clone", "--quiet", url(), "clone");
        return git.at(folder.resolve("clone"));
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            showcase.close();
        }
    }
}
