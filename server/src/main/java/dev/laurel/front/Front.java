package dev.laurel.front;

import java.time.Duration;
import java.util.Optional;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.EagerContentHandler;
import org.eclipse.jetty.server.handler.QoSHandler;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/** Puts together what stands before a server: {@link Admission}, deadlines, and bodies that are read before a thread is taken. */
public final class Front {
    private static final String GIT = "/git/*";
    private static final Duration IDLE_WHEN_FULL = Duration.ofSeconds(2);
    /** Most requests of Git end within it, and those that send nothing do not get past it. */
    private static final int GIT_BEGINNING = 4_096;
    /** Of Git's servlets at one time: each holds a thread, and others are to be left for predictions. */
    private static final int GIT_REQUESTS = 32;

    private static final int GIT_WAITING = 1_000;
    private static final Duration GIT_PATIENCE = Duration.ofSeconds(30);
    private static final long GIT_BYTES_PER_SECOND = 500;

    /**
     * Characters of header lines that a connection keeps, so as not to read them again. Each takes a hundred bytes: at Jetty's own 1,024 a
     * connection takes as much memory as a model.
     */
    private static final int REMEMBERED_HEADERS = 192;

    private static final Duration LOOK = Duration.ofMillis(20);

    /** Connections that wait to be taken. At Java's own 50 those of a burst are passed over, and each tries again after a second. */
    private static final int BURST = 4_096;

    private final Names names;
    private final Guard guard;
    private final HeaderDeadline deadline;
    private final Turns turns;
    private final Farewell farewell = new Farewell();
    private @Nullable ServerConnector connector;

    public Front(Names names, Guard guard) {
        this.names = names;
        this.guard = guard;
        this.deadline = new HeaderDeadline(guard.limits().seconds(Limit.HEADER_TIME));
        this.turns = new Turns(guard.limits());
    }

    /** Takes connections, and no more of them than there is room for. */
    public Connector connector(Server server, HttpConfiguration http, String host, int port) {
        Limits limits = guard.limits();
        http.setHeaderCacheSize(REMEMBERED_HEADERS);
        ServerConnector taking = new ServerConnector(server, protocols(http));
        connector = taking;
        taking.setHost(host);
        taking.setPort(port);
        taking.setAcceptQueueSize(BURST);
        taking.setIdleTimeout(limits.seconds(Limit.IDLE_TIME).toMillis());
        taking.addBean(new ConnectionsPerAddress(limits.get(Limit.CONNECTIONS_OF_ADDRESS)));
        taking.addEventListener(deadline);
        NetworkConnectionLimit limit = new NetworkConnectionLimit(limits.get(Limit.CONNECTIONS), taking);
        limit.setEndPointIdleTimeout(IDLE_WHEN_FULL.toMillis());
        server.addBean(limit);
        return taking;
    }

    /** The one that a connection begins with comes first. */
    private ConnectionFactory[] protocols(HttpConfiguration http) {
        Optional<Tls> tls = guard.tls();
        if (tls.isEmpty()) {
            return new ConnectionFactory[] {new HttpConnectionFactory(http), new PlainHttp2(http)};
        }
        // Names are checked by Admission.
        http.addCustomizer(new SecureRequestCustomizer(false));
        SslContextFactory.Server ssl = new SslContextFactory.Server();
        ssl.setSslContext(tls.get().context());
        ssl.setWantClientAuth(tls.get().asksClients());
        ALPNServerConnectionFactory negotiation = new ALPNServerConnectionFactory();
        negotiation.setDefaultProtocol(HttpVersion.HTTP_1_1.asString());
        return new ConnectionFactory[] {
            new SslConnectionFactory(ssl, negotiation.getProtocol()),
            negotiation,
            new HTTP2ServerConnectionFactory(http),
            new HttpConnectionFactory(http)
        };
    }

    /** Before the servlets; in the place of Javalin's own handler, which keeps statistics that nobody reads. */
    public void standBefore(Server server) {
        BodyBudget budget = BodyBudget.ofThisMachine();
        Limits limits = guard.limits();
        Duration patience = limits.seconds(Limit.BODY_TIME);
        EagerContentHandler whole = new EagerContentHandler(new Bodies(limits.get(Limit.BODY), true, patience, budget));
        whole.excludePath(GIT);
        EagerContentHandler begun = new EagerContentHandler(new Bodies(GIT_BEGINNING, false, patience, budget));
        begun.includePath(GIT);
        QoSHandler inLine = new QoSHandler();
        inLine.includePath(GIT);
        inLine.setMaxRequestCount(GIT_REQUESTS);
        inLine.setMaxSuspendedRequestCount(GIT_WAITING);
        inLine.setMaxSuspend(GIT_PATIENCE);
        turns.excludePath(GIT, "/healthz", "/readyz", "/metrics");
        server.setHandler(chain(
                deadline,
                farewell,
                new Admission(names),
                whole,
                begun,
                turns,
                inLine,
                new GitRate(GIT_BYTES_PER_SECOND)));
    }

    /** Requests that are worked on. */
    public int active() {
        return turns.active();
    }

    /** Requests that wait for their turn. */
    public int waiting() {
        return turns.waiting();
    }

    /** Answers as before, and lets go of each connection with its next answer. Comes back when none is left, or after that time. */
    public void letGo(Duration most) {
        farewell.say();
        ServerConnector taking = connector;
        long end = System.nanoTime() + most.toNanos();
        try {
            while (taking != null && !taking.getConnectedEndPoints().isEmpty() && System.nanoTime() < end) {
                Thread.sleep(LOOK.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
