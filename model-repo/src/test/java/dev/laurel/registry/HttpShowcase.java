package dev.laurel.registry;

import dev.laurel.registry.git.ServerAccess;
import jakarta.servlet.http.HttpServlet;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The showcase behind a real server. */
record HttpShowcase(Showcase showcase, Server server) implements AutoCloseable {
    static HttpShowcase in(Path folder) {
        return in(folder, ServerAccess.open());
    }

    static HttpShowcase in(Path folder, ServerAccess access) {
        Showcase showcase = Showcase.in(folder);
        return serving(showcase, new RegistryHttp(showcase.registry(), access).servlets());
    }

    /** Git by C git's own server; the bytes by ours, since C git has none. */
    static HttpShowcase ofCGit(Path folder) {
        Showcase showcase = Showcase.in(folder);
        Map<String, HttpServlet> servlets = new HashMap<>(new RegistryHttp(showcase.registry()).servlets());
        servlets.put("/git/*", new CGitServlet(CommandLine.in(folder.resolve("work")), showcase.bare()));
        return serving(showcase, servlets);
    }

    private static HttpShowcase serving(Showcase showcase, Map<String, HttpServlet> servlets) {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
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

    String url() {
        return "http://127.0.0.1:%d/git/models.git"
                .formatted(((ServerConnector) server.getConnectors()[0]).getLocalPort());
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
