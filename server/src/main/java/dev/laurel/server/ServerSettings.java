package dev.laurel.server;

import dev.laurel.front.Limits;
import dev.laurel.front.Names;
import dev.laurel.model.Environment;
import dev.laurel.model.Expect;
import dev.laurel.trace.Tracing;
import dev.laurel.trace.otlp.OtlpTracing;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a server runs.
 *
 * @param host the address to bind to; loopback unless somebody says otherwise
 * @param port 0 for any free port
 * @param pinFile the one pin to follow, such as a mounted ConfigMap; null to follow every pin at the head of the registry
 * @param hosts the names that it answers to beside the host, with commas between them
 * @param variables what else the environment says of a server, by name: limits, TLS, tokens, the port of gRPC, its own name, whether drift is
 *     counted, where spans go
 */
public record ServerSettings(
        String host,
        int port,
        Environment environment,
        @Nullable Path pinFile,
        String hosts,
        Map<String, String> variables) {
    public static final String LOOPBACK = "127.0.0.1";
    public static final String GRPC_PORT = "LAUREL_GRPC_PORT";

    /** Whether the rows and answers of requests are counted for drift: on, or off. */
    private static final String DRIFT = "LAUREL_DRIFT";

    /** What this server is called among its replicas, such as the name of its pod. */
    private static final String INSTANCE = "LAUREL_INSTANCE";

    private static final Pattern INSTANCE_NAME = Pattern.compile("[A-Za-z0-9.-]{1,253}");

    private static final Pattern VARIABLE =
            Pattern.compile("LAUREL_(LIMIT_|TLS_|TOKENS|GRPC_PORT|INSTANCE|DRIFT).*|OTEL_.*", Pattern.DOTALL);

    public ServerSettings {
        Expect.notBlank("host", host);
        Expect.range("port", port, 0, 65_535);
        Names.of(host, hosts);
        variables = variables.entrySet().stream()
                .filter(variable -> VARIABLE.matcher(variable.getKey()).matches()
                        && !variable.getValue().isBlank())
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
        Limits.of(variables);
        String grpc = variables.getOrDefault(GRPC_PORT, "0");
        Expect.that(grpc.matches("[0-9]{1,5}") && Integer.parseInt(grpc) <= 65_535, GRPC_PORT, grpc, "0..65535");
        String drift = variables.getOrDefault(DRIFT, "on");
        Expect.that(drift.equals("on") || drift.equals("off"), DRIFT, drift, "on or off");
        String instance = variables.getOrDefault(INSTANCE, "none");
        Expect.that(
                INSTANCE_NAME.matcher(instance).matches(),
                INSTANCE,
                instance,
                "1 to 253 letters, digits, dots and dashes, such as the name of a pod");
    }

    /** Settings of which the environment says no more. */
    public ServerSettings(String host, int port, Environment environment, @Nullable Path pinFile, String hosts) {
        this(host, port, environment, pinFile, hosts, Map.of());
    }

    /** Settings that follow every pin at the head of the registry. */
    public ServerSettings(String host, int port, Environment environment) {
        this(host, port, environment, null, "");
    }

    /** 0 for any free one; null for none. */
    @Nullable
    Integer grpcPort() {
        String port = variables.get(GRPC_PORT);
        return port == null ? null : Integer.valueOf(port);
    }

    boolean countsDrift() {
        return !"off".equals(variables.get(DRIFT));
    }

    /** Another one for each process where the environment does not say. */
    String instance() {
        return variables.getOrDefault(INSTANCE, UUID.randomUUID().toString().substring(0, 8));
    }

    /** Off unless OpenTelemetry's own variables say where spans go. */
    Tracing tracing() {
        return variables.containsKey("OTEL_EXPORTER_OTLP_ENDPOINT")
                        || variables.containsKey("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
                ? OtlpTracing.of(variables)
                : Tracing.OFF;
    }

    Names names() {
        return Names.of(host, hosts);
    }
}
