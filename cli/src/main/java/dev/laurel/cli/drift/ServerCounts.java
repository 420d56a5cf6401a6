package dev.laurel.cli.drift;

import dev.laurel.drift.Seen;
import dev.laurel.live.LiveReport;
import dev.laurel.model.Digest;
import dev.laurel.model.Expect;
import dev.laurel.model.InvalidValueException;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import dev.laurel.program.Reason;
import dev.laurel.yaml.Yaml;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What running servers were asked of a version, added up over them. */
record ServerCounts(ModelName model, Version version, Digest digest, String role, Window window) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** How far back. */
    enum Window {
        HOUR,
        DAY
    }

    /**
     * @param servers at least one
     * @throws InvalidValueException when one of them cannot be asked, or counts nothing of that version
     */
    Seen of(List<URI> servers) {
        Set<String> asked = new HashSet<>();
        servers.forEach(server -> Expect.that(
                asked.add(shown(server).replaceAll("/+$", "")),
                "--server",
                shown(server),
                "each replica once, since their counts are added up"));
        return servers.stream().map(this::seen).reduce(Seen::plus).orElseThrow();
    }

    private Seen seen(URI server) {
        LiveReport report = Yaml.read(ask(server), shown(server), LiveReport.class);
        LiveReport.Of found = report.versions().stream()
                .filter(of -> of.digest().equals(digest) && of.role().equals(role))
                .findFirst()
                .orElseThrow(() -> new InvalidValueException(
                        "--server",
                        shown(server),
                        "one that answered as %s with %s of %s in the last day, and counts for drift; it counts %s"
                                .formatted(role, version, model, counted(report))));
        return (window == Window.HOUR ? found.hour() : found.day()).seen();
    }

    private static String counted(LiveReport report) {
        return report.versions().isEmpty()
                ? "none"
                : report.versions().stream()
                        .map(of -> of.version() + " as " + of.role())
                        .toList()
                        .toString();
    }

    private byte[] ask(URI server) {
        Expect.that(
                ("http".equals(server.getScheme()) || "https".equals(server.getScheme())) && server.getHost() != null,
                "--server",
                shown(server),
                "the address of a server, such as http://localhost:8080");
        URI address = URI.create(server.toString().replaceAll("/+$", "") + "/models/" + model + "/drift");
        try {
            HttpResponse<byte[]> response = HttpClient.newBuilder()
                    .connectTimeout(PATIENCE)
                    .build()
                    .send(HttpRequest.newBuilder(address).timeout(PATIENCE).build(), BodyHandlers.ofByteArray());
            Expect.that(
                    response.statusCode() == 200,
                    "--server",
                    shown(server) + " answers " + response.statusCode(),
                    "a server of Laurel's that serves " + model);
            return response.body();
        } catch (IOException e) {
            throw new InvalidValueException("--server", shown(server), "one that answers; " + Reason.of(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InvalidValueException("--server", shown(server), "one that answers; interrupted");
        }
    }

    /** Without a user and a password, which may stand in an address. */
    static String shown(URI server) {
        String userInfo = server.getRawUserInfo();
        return userInfo == null ? server.toString() : server.toString().replace(userInfo + "@", "");
    }
}
