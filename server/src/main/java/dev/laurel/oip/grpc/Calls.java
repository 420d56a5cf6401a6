package dev.laurel.oip.grpc;

import static io.grpc.Metadata.ASCII_STRING_MARSHALLER;

import dev.laurel.follow.LoadedModel;
import dev.laurel.front.Callers;
import dev.laurel.http.CallerKey;
import dev.laurel.http.RequestIds;
import dev.laurel.trace.Span;
import dev.laurel.trace.TraceParent;
import dev.laurel.trace.Tracing;
import dev.laurel.trace.Trail;
import inference.GRPCInferenceServiceGrpc;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** What every call passes: who asks, whether there is room, and the ids that it is known by. */
final class Calls implements ServerInterceptor {
    private static final Metadata.Key<String> REQUEST_ID = key(RequestIds.HEADER);
    private static final Metadata.Key<String> TRACE_PARENT = key(TraceParent.HEADER);
    private static final Metadata.Key<String> AUTHORIZATION = key("Authorization");
    private static final Metadata.Key<String> TRY_AGAIN_AFTER = key("grpc-retry-pushback-ms");
    private static final Metadata.Key<String> MODEL = key("X-Laurel-Model");
    private static final Metadata.Key<String> DIGEST = key("X-Laurel-Digest");
    private static final Metadata.Key<String> CALLER_KEY = key(CallerKey.HEADER);
    private static final Context.Key<String> CALLER = Context.key("caller");
    /** Headers of the answer, for whoever answers to add to. */
    private static final Context.Key<Metadata> HEADERS = Context.key("headers");

    private final Callers callers;
    private final Tracing tracing;
    private final int most;
    private final AtomicInteger open = new AtomicInteger();

    /** @param most calls at one time, those included that wait for a thread */
    Calls(Callers callers, Tracing tracing, int most) {
        this.callers = callers;
        this.tracing = tracing;
        this.most = most;
    }

    private static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name, ASCII_STRING_MARSHALLER);
    }

    /** By what the caller of this call is known: as {@link CallerKey} says it. */
    static String caller() {
        return String.valueOf(CALLER.get());
    }

    /** Says in headers what gave the answer of this call. */
    static void answeredBy(LoadedModel model) {
        Metadata headers = HEADERS.get();
        if (headers != null) {
            headers.put(MODEL, model.pin().model() + "@" + model.pin().version());
            headers.put(DIGEST, model.pin().digest().toString());
        }
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata asked, ServerCallHandler<Q, R> next) {
        Optional<Status> refusal = refusal(call, asked);
        if (refusal.isPresent()) {
            return refuse(call, refusal.get());
        }
        if (open.incrementAndGet() > most) {
            open.decrementAndGet();
            return refuse(
                    call,
                    Status.UNAVAILABLE.withDescription(
                            "calls: %s at one time (expected: fewer); try again".formatted(most)));
        }
        Call own = new Call(
                RequestIds.of(asked.get(REQUEST_ID)),
                TraceParent.parse(asked.get(TRACE_PARENT)).orElse(null),
                call.getMethodDescriptor().getFullMethodName());
        @Nullable String caller = asked.get(CALLER_KEY);
        Context context =
                Context.current().withValue(HEADERS, own.headers).withValue(CALLER, caller == null ? own.id : caller);
        return own.listener(Contexts.interceptCall(context, own.answering(call), asked, next));
    }

    private static <Q, R> ServerCall.Listener<Q> refuse(ServerCall<Q, R> call, Status status) {
        Metadata trailers = new Metadata();
        if (status.getCode() != Status.Code.UNAUTHENTICATED) {
            trailers.put(TRY_AGAIN_AFTER, "1000");
        }
        call.close(status, trailers);
        return new ServerCall.Listener<>() {};
    }

    private Optional<Status> refusal(ServerCall<?, ?> call, Metadata asked) {
        if (!call.getMethodDescriptor().equals(GRPCInferenceServiceGrpc.getModelInferMethod())) {
            return Optional.empty();
        }
        return switch (callers.judge(asked.get(AUTHORIZATION), hasCertificate(call))) {
            case WELCOME -> Optional.empty();
            case UNKNOWN ->
                Optional.of(Status.UNAUTHENTICATED.withDescription(
                        "caller: unknown (expected: %s)".formatted(callers.expected())));
            case TOO_OFTEN ->
                Optional.of(Status.RESOURCE_EXHAUSTED.withDescription(
                        "rate: too high (expected: %s)".formatted(callers.allowed())));
        };
    }

    private static boolean hasCertificate(ServerCall<?, ?> call) {
        @Nullable SSLSession session = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
        try {
            return session != null && session.getPeerCertificates().length > 0;
        } catch (SSLPeerUnverifiedException none) {
            return false;
        }
    }

    /** One call on its way. */
    private final class Call {
        private final Metadata headers = new Metadata();
        private final String id;
        private final @Nullable TraceParent caller;
        private final String method;

        Call(String id, @Nullable TraceParent caller, String method) {
            this.id = id;
            this.caller = caller;
            this.method = method;
            headers.put(REQUEST_ID, id);
        }

        <Q, R> ServerCall<Q, R> answering(ServerCall<Q, R> call) {
            return new SimpleForwardingServerCall<>(call) {
                @Override
                public void sendHeaders(Metadata given) {
                    given.merge(headers);
                    super.sendHeaders(given);
                }

                @Override
                public void close(Status status, Metadata trailers) {
                    // Without an answer there were no headers yet.
                    if (!status.isOk()) {
                        trailers.merge(headers);
                    }
                    super.close(status, trailers);
                }
            };
        }

        <Q> ServerCall.Listener<Q> listener(ServerCall.Listener<Q> next) {
            return new SimpleForwardingServerCallListener<>(next) {
                /** The request is whole: here the work is done. */
                @Override
                public void onHalfClose() {
                    try (Span span = tracing.root(method, caller)) {
                        TraceParent trace = span.traceParent().orElse(caller);
                        if (trace != null) {
                            headers.put(TRACE_PARENT, trace.text());
                        }
                        new Trail(id, trace).enter();
                        try {
                            super.onHalfClose();
                        } finally {
                            Trail.leave();
                        }
                    }
                }

                @Override
                public void onComplete() {
                    open.decrementAndGet();
                    super.onComplete();
                }

                @Override
                public void onCancel() {
                    open.decrementAndGet();
                    super.onCancel();
                }
            };
        }
    }
}
