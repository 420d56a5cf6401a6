package dev.laurel.front;

import java.time.Duration;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.EagerContentHandler;
import org.eclipse.jetty.server.handler.QoSHandler;

/** Puts together what stands before a server: {@link Admission}, deadlines, and bodies that are read before a thread is taken. */
public final class Front {
    /** All bodies but Git's, whose servlets have bounds of their own. */
    public static final int LARGEST_BODY = 1_000_000;

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Many, since all clients of a proxy have its address. */
    private static final int CONNECTIONS_PER_ADDRESS = 1_024;

    private static final String GIT = "/git/*";
    private static final int CONNECTIONS = 12_000;
    private static final Duration IDLE_WHEN_FULL = Duration.ofSeconds(2);
    /** Most requests of Git end within it, and those that send nothing do not get past it. */
    private static final int GIT_BEGINNING = 4_096;
    /** Of Git's servlets at one time: each holds a thread, and others are to be left for predictions. */
    private static final int GIT_REQUESTS = 32;

    private static final int GIT_WAITING = 1_000;
    private static final Duration GIT_PATIENCE = Duration.ofSeconds(30);
    private static final long GIT_BYTES_PER_SECOND = 500;

    private final Names names;
    private final HeaderDeadline deadline = new HeaderDeadline(PATIENCE);

    public Front(Names names) {
        this.names = names;
    }

    /** Takes connections, and no more of them than there is room for. */
    public Connector connector(Server server, HttpConfiguration http, String host, int port) {
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost(host);
        connector.setPort(port);
        connector.addBean(new ConnectionsPerAddress(CONNECTIONS_PER_ADDRESS));
        connector.addEventListener(deadline);
        NetworkConnectionLimit limit = new NetworkConnectionLimit(CONNECTIONS, connector);
        limit.setEndPointIdleTimeout(IDLE_WHEN_FULL.toMillis());
        server.addBean(limit);
        return connector;
    }

    /** Puts itself before the handlers that the server has. */
    public void standBefore(Server server) {
        BodyBudget budget = BodyBudget.ofThisMachine();
        EagerContentHandler whole = new EagerContentHandler(new Bodies(LARGEST_BODY, true, PATIENCE, budget));
        whole.excludePath(GIT);
        EagerContentHandler begun = new EagerContentHandler(new Bodies(GIT_BEGINNING, false, PATIENCE, budget));
        begun.includePath(GIT);
        QoSHandler inLine = new QoSHandler();
        inLine.includePath(GIT);
        inLine.setMaxRequestCount(GIT_REQUESTS);
        inLine.setMaxSuspendedRequestCount(GIT_WAITING);
        inLine.setMaxSuspend(GIT_PATIENCE);
        server.insertHandler(
                chain(deadline, new Admission(names), whole, begun, inLine, new GitRate(GIT_BYTES_PER_SECOND)));
    }

    private static Handler.Singleton chain(Handler.Singleton... handlers) {
        for (int i = 0; i + 1 < handlers.length; i++) {
            handlers[i].setHandler(handlers[i + 1]);
        }
        return handlers[0];
    }

    static boolean isOfGit(Request request) {
        return Request.getPathInContext(request).startsWith("/git/");
    }
}
