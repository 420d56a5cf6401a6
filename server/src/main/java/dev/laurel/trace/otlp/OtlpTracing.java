package dev.laurel.trace.otlp;

import dev.laurel.model.InvalidValueException;
import dev.laurel.program.Reason;
import dev.laurel.trace.Span;
import dev.laurel.trace.TraceParent;
import dev.laurel.trace.Tracing;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Sends spans by OTLP, as OpenTelemetry's own settings say. */
public final class OtlpTracing implements Tracing {
    private static final long LAST_SECONDS = 1;

    private final OpenTelemetrySdk sdk;
    private final Tracer tracer;

    private OtlpTracing(OpenTelemetrySdk sdk) {
        this.sdk = sdk;
        this.tracer = sdk.getTracer("dev.laurel");
    }

    /**
     * @param environment has {@code OTEL_EXPORTER_OTLP_ENDPOINT}, and whatever else OpenTelemetry knows
     * @throws InvalidValueException when OpenTelemetry does not take one of them
     */
    public static OtlpTracing of(Map<String, String> environment) {
        // Metrics and logs have their own ways. Much smaller than gRPC's: the JDK's own client.
        Map<String, String> usual = Map.of(
                "otel.service.name", "laurel",
                "otel.exporter.otlp.protocol", "http/protobuf",
                "otel.metrics.exporter", "none",
                "otel.logs.exporter", "none");
        try {
            return new OtlpTracing(AutoConfiguredOpenTelemetrySdk.builder()
                    .disableShutdownHook()
                    .addPropertiesSupplier(() -> usual)
                    .addPropertiesCustomizer(ignored -> properties(environment))
                    .build()
                    .getOpenTelemetrySdk());
        } catch (ConfigurationException | IllegalArgumentException e) {
            throw new InvalidValueException(
                    "OTEL_*",
                    // What headers say is a secret.
                    Reason.inWords(String.valueOf(e.getMessage()).replaceFirst("(?s)(headers)=.*", "$1")),
                    "what OpenTelemetry takes, such as %s=%s"
                            .formatted("OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:4318"));
        }
    }

    /** The names of properties are those of variables in small letters, with dots. */
    private static Map<String, String> properties(Map<String, String> environment) {
        return environment.entrySet().stream()
                .filter(variable -> variable.getKey().startsWith("OTEL_"))
                .collect(Collectors.toMap(
                        variable -> variable.getKey().toLowerCase(Locale.ROOT).replace('_', '.'), Map.Entry::getValue));
    }

    @Override
    public Span root(String name, @Nullable TraceParent caller) {
        Context parent = Context.root();
        if (caller != null) {
            SpanContext remote = SpanContext.createFromRemoteParent(
                    caller.traceId(),
                    caller.spanId(),
                    caller.sampled() ? TraceFlags.getSampled() : TraceFlags.getDefault(),
                    TraceState.getDefault());
            parent = parent.with(io.opentelemetry.api.trace.Span.wrap(remote));
        }
        return new Begun(tracer.spanBuilder(name)
                .setParent(parent)
                .setSpanKind(SpanKind.SERVER)
                .startSpan());
    }

    @Override
    public Span step(String name) {
        return new Begun(tracer.spanBuilder(name).startSpan());
    }

    @Override
    public void close() {
        sdk.shutdown().join(LAST_SECONDS, TimeUnit.SECONDS);
    }

    private static final class Begun implements Span {
        private final io.opentelemetry.api.trace.Span span;
        private final Scope scope;

        @SuppressWarnings("MustBeClosedChecker") // closed with the span
        Begun(io.opentelemetry.api.trace.Span span) {
            this.span = span;
            this.scope = span.makeCurrent();
        }

        @Override
        public Optional<TraceParent> traceParent() {
            SpanContext context = span.getSpanContext();
            return Optional.of(new TraceParent(context.getTraceId(), context.getSpanId(), context.isSampled()));
        }

        @Override
        public void name(String name) {
            span.updateName(name);
        }

        @Override
        public void attribute(String name, String value) {
            span.setAttribute(name, value);
        }

        @Override
        public void failed(String reason) {
            span.setStatus(StatusCode.ERROR, reason);
        }

        @Override
        public void close() {
            scope.close();
            span.end();
        }
    }
}
