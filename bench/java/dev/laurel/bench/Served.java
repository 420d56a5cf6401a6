package dev.laurel.bench;

import dev.laurel.registry.Registry;
import dev.laurel.registry.RegistryHttp;
import dev.laurel.git.host.Access;
import dev.laurel.git.host.Location;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.io.ConnectionStatistics;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** A registry behind HTTP on loopback, as {@code laurel up} and {@code laurel serve} offer it; counts the bytes that it sends. */
final class Served implements AutoCloseable {
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final ConnectionStatistics sent = new ConnectionStatistics();

    Served(Registry registry) throws Exception {
        connector.setHost("127.0.0.1");
        connector.addBean(sent);
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler();
        new RegistryHttp(registry).servlets().forEach((path, servlet) -> context.addServlet(new ServletHolder(servlet), path));
        server.setHandler(context);
        server.start();
    }

    /** @param cache where the client keeps its mirror; an empty folder for one that has read nothing yet */
    Registry open(Path cache) {
        String url = "http://127.0.0.1:" + connector.getLocalPort() + "/git/models.git";
        return Registry.open(Location.parse(url), Access.of(Map.of("LAUREL_CACHE", cache.toString())));
    }

    /** Over connections that are closed, and over those that are open. */
    long bytesSent() {
        long open = connector.getConnectedEndPoints().stream()
                .mapToLong(client -> client.getConnection().getBytesOut())
                .sum();
        return sent.getSentBytes() + open;
    }

    @Override
    public void close() throws Exception {
        server.stop();
    }
}
