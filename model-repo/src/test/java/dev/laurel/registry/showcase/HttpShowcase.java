package dev.laurel.registry.showcase;

import dev.laurel.git.serve.ServerAccess;
import dev.laurel.registry.RegistryHttp;
import jakarta.servlet.http.HttpServlet;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The showcase behind a real server. */
public record HttpShowcase(Showcase showcase, Server server, MishapServlet git) implements AutoCloseable {
    public static HttpShowcase in(Path folder) {
        return in(folder, ServerAccess.open());
    }

    public static HttpShowcase serve(Showcase showcase) {
        return serve(showcase, 0);
    }

    /** @param port a certain one, or 0 for any that is free */
    public static HttpShowcase serve(Showcase showcase, int port) {
        return serving(showcase, new RegistryHttp(showcase.registry()).servlets(), port);
    }

    public static HttpShowcase in(Path folder, ServerAccess access) {
        Showcase showcase = Showcase.in(folder);
        return serving(showcase, new RegistryHttp(showcase.registry(), access).servlets());
    }

    /** Git by C git's own server; the bytes by ours, since C git has none. */
    public static HttpShowcase ofCGit(Path folder) {
        Showcase showcase = Showcase.in(folder);
        Map<String, HttpServlet> servlets = new HashMap<>(new RegistryHttp(showcase.registry()).servlets());
        servlets.put("/git/*", new CGitServlet(CommandLine.in(folder.resolve("work")), showcase.bare()));
        return serving(showcase, servlets);
    }

    public static HttpShowcase serving(Showcase showcase, Map<String, HttpServlet> servlets) {
        return serving(showcase, servlets, 0);
    }

    private static HttpShowcase serving(Showcase showcase, Map<String, HttpServlet> servlets, int port) {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler();
        Map<String, HttpServlet> all = new HashMap<>(servlets);
        MishapServlet git = new MishapServlet(Objects.requireNonNull(all.remove("/git/*")));
        all.put("/git/*", git);
        all.forEach((path, servlet) -> context.addServlet(new ServletHolder(servlet), path));
        server.setHandler(context);
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return new HttpShowcase(showcase, server, git);
    }

    public int port() {
        return ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    }

    public String url() {
        return url(port());
    }

    public static String url(int port) {
        return "http://127.0.0.1:%d/git/models.git".formatted(port);
    }

    /** A clone by the C clients, in the folder {@code clone} beside the repository. */
    public CommandLine cloned() {
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
