package dev.laurel.oip.grpc;

import dev.laurel.front.Guard;
import dev.laurel.front.Limit;
import dev.laurel.front.Tls;
import dev.laurel.model.InvalidValueException;
import dev.laurel.predict.PredictionService;
import dev.laurel.trace.Tracing;
import inference.GRPCInferenceServiceGrpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The protocol on a port of its own, with gRPC's health and reflection. */
public final class GrpcPort implements AutoCloseable {
    /** It tells of every client that breaks the protocol, with a stack. Held, since the JDK forgets levels of loggers that nobody holds. */
    private static final Logger LIBRARY = Logger.getLogger("io.grpc");

    private static final int LONGEST_HEADERS = 8_192;
    private static final Duration LOOK = Duration.ofMillis(250);

    private final PredictionService service;
    private final HealthStatusManager health = new HealthStatusManager();
    private final EventLoops threads = new EventLoops();
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(GrpcPort::thread);
    private final Server server;

    private GrpcPort(InetSocketAddress address, Guard guard, PredictionService service, Tracing tracing)
            throws IOException {
        this.service = service;
        LIBRARY.setLevel(Level.SEVERE);
        NettyServerBuilder builder = NettyServerBuilder.forAddress(
                        address, guard.tls().map(GrpcPort::credentials).orElseGet(InsecureServerCredentials::create))
                .addService(new InferenceService(service))
                .addService(health.getHealthService())
                .addService(ProtoReflectionServiceV1.newInstance())
                .intercept(new Calls(
                        guard.callers(),
                        tracing,
                        guard.limits().get(Limit.REQUESTS) + guard.limits().get(Limit.WAITING)))
                .maxInboundMessageSize(guard.limits().get(Limit.BODY))
                .maxInboundMetadataSize(LONGEST_HEADERS)
                .maxConcurrentCallsPerConnection(guard.limits().get(Limit.REQUESTS))
                .maxConnectionIdle(guard.limits().get(Limit.IDLE_TIME), TimeUnit.SECONDS)
                .permitKeepAliveTime(10, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true);
        try {
            server = threads.workFor(builder).build().start();
        } catch (IOException e) {
            threads.close();
            throw e;
        }
    }

    /**
     * @param port 0 for any free one
     * @throws InvalidValueException when the port cannot be had
     */
    public static GrpcPort start(String host, int port, Guard guard, PredictionService service, Tracing tracing) {
        try {
            GrpcPort started = new GrpcPort(new InetSocketAddress(host, port), guard, service, tracing);
            started.look();
            var unused = started.looks.scheduleWithFixedDelay(
                    started::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
            return started;
        } catch (IOException e) {
            throw new InvalidValueException("port of gRPC", port, "a free port of this machine");
        }
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "grpc-health");
        thread.setDaemon(true);
        return thread;
    }

    private static ServerCredentials credentials(Tls tls) {
        TlsServerCredentials.Builder credentials =
                TlsServerCredentials.newBuilder().keyManager(tls.keys());
        tls.trust()
                .ifPresent(
                        trust -> credentials.trustManager(trust).clientAuth(TlsServerCredentials.ClientAuth.OPTIONAL));
        return credentials.build();
    }

    /** Tells those who watch. */
    private void look() {
        ServingStatus status = service.readiness().ready() ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
        health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status);
        health.setStatus(GRPCInferenceServiceGrpc.SERVICE_NAME, status);
    }

    public int port() {
        return server.getPort();
    }

    /** Takes no more calls, and lets those that are here come to their end. */
    @Override
    public void close() {
        looks.shutdownNow();
        health.enterTerminalState();
        server.shutdown();
        try {
            if (!server.awaitTermination(2, TimeUnit.SECONDS)) {
                server.shutdownNow();
            }
        } catch (InterruptedException e) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
        threads.close();
    }
}
