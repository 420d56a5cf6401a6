package dev.laurel.judge;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.laurel.model.Expect;
import dev.laurel.model.InvalidValueException;
import dev.laurel.model.LiveEvidence;
import dev.laurel.model.LiveMetric;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import dev.laurel.program.Reason;
import dev.laurel.registry.outcome.RegistryException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The servers of an environment, asked how a model does on their traffic. A name with several addresses, such as that of a headless Service,
 * stands for a server at each.
 */
public final class LiveServers {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LARGEST_ANSWER = 1 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<URI> urls;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    /** What each server said, all about the same versions. */
    record Measured(List<JsonNode> servers) {
        /** The champion over all servers. */
        LiveEvidence.Side champion(Version version) {
            return side("champion", version);
        }

        /** By feedback, over all servers; empty where nothing is known. */
        Optional<LiveEvidence.Truth> truth(LiveMetric metric) {
            return MeasuredFeedback.sum(servers, "/feedback/champion").value(metric);
        }

        private LiveEvidence.@Nullable Feedback feedback(LiveMetric metric) {
            MeasuredFeedback champion = MeasuredFeedback.sum(servers, "/feedback/champion_beside");
            MeasuredFeedback challenger = MeasuredFeedback.sum(servers, "/feedback/challenger_beside");
            return challenger
                    .value(metric)
                    .flatMap(ours -> champion.value(metric)
                            .map(theirs ->
                                    new LiveEvidence.Feedback(metric, ours.rows(), ours.value(), theirs.value())))
                    .orElse(null);
        }

        /** @param metric by which feedback is asked for; null where it is not */
        LiveEvidence evidence(Version champion, Version challenger, @Nullable LiveMetric metric) {
            return new LiveEvidence(
                    servers.size(),
                    servers.stream()
                            .mapToLong(server -> number(server, "/seconds"))
                            .min()
                            .orElse(0),
                    side("challenger", challenger),
                    side("champion", champion),
                    sum("/compared"),
                    sum("/agreed"),
                    metric == null ? null : feedback(metric));
        }

        private LiveEvidence.Side side(String role, Version version) {
            return new LiveEvidence.Side(
                    version,
                    sum("/" + role + "/answers"),
                    sum("/" + role + "/errors"),
                    servers.stream()
                            .mapToLong(server -> Math.round(
                                    server.at("/" + role + "/p99_micros").asDouble(0)))
                            .max()
                            .orElse(0));
        }

        private long sum(String path) {
            return servers.stream().mapToLong(server -> number(server, path)).sum();
        }

        private static long number(JsonNode server, String path) {
            return server.at(path).asLong(0);
        }

        /** Why a role is not played by this version in every server; empty where it is. */
        Optional<String> other(String role, Version version) {
            return servers.stream()
                    .map(server -> server.at("/" + role + "/version").asText("none"))
                    .filter(found -> !found.equals(version.toString()))
                    .findFirst()
                    .map(found ->
                            "%s in a server: %s (expected: %s, as pinned; try again)".formatted(role, found, version));
        }
    }

    /** @throws InvalidValueException when there is none, or one is no address of HTTP */
    public LiveServers(List<String> urls) {
        Expect.notEmpty("servers", urls);
        this.urls = urls.stream().map(LiveServers::parse).toList();
    }

    private static URI parse(String text) {
        try {
            URI url = new URI(text.replaceFirst("/+$", ""));
            Expect.that(
                    ("http".equals(url.getScheme()) || "https".equals(url.getScheme())) && url.getHost() != null,
                    "server",
                    text,
                    "an address such as http://localhost:8080");
            return url;
        } catch (URISyntaxException e) {
            throw new InvalidValueException("server", text, "an address such as http://localhost:8080");
        }
    }

    /** @throws RegistryException when a server cannot be asked: of a part nothing follows for all */
    Measured ask(ModelName model) {
        List<JsonNode> answers = new ArrayList<>();
        Set<String> heard = new HashSet<>();
        for (URI url : urls) {
            for (URI server : each(url)) {
                JsonNode answer = ask(server, model);
                // One that has two names, or an address of each kind, is one. Older ones do not say who they are; a
                // name
                // that several were given by mistake does not make them one, since they began at different times.
                if (!answer.has("instance")
                        || heard.add(answer.get("instance").asText() + " "
                                + answer.path("since").asText())) {
                    answers.add(answer);
                }
            }
        }
        return new Measured(answers);
    }

    /** Certificates are for names, so a server by https is asked by its own. */
    private static List<URI> each(URI url) {
        if (url.getScheme().equals("https")) {
            return List.of(url);
        }
        try {
            InetAddress[] addresses = InetAddress.getAllByName(url.getHost());
            List<URI> servers = new ArrayList<>();
            for (InetAddress address : addresses) {
                if (address.isLoopbackAddress()) {
                    return List.of(url);
                }
                servers.add(new URI("http", null, address.getHostAddress(), url.getPort(), url.getPath(), null, null));
            }
            return servers;
        } catch (UnknownHostException | URISyntaxException e) {
            throw new RegistryException("server %s: cannot be asked: unknown host".formatted(url), e);
        }
    }

    private JsonNode ask(URI server, ModelName model) {
        URI url = URI.create(server + "/models/" + model + "/live");
        try {
            HttpResponse<byte[]> response = client.send(
                    HttpRequest.newBuilder(url).timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() != 200 || response.body().length > LARGEST_ANSWER) {
                throw new RegistryException("server %s: %s (expected: 200)".formatted(url, response.statusCode()));
            }
            JsonNode answer = JSON.readTree(new String(response.body(), UTF_8));
            if (!answer.path("model").asText().equals(model.value())) {
                throw new RegistryException("server %s: no server of Laurel, or an older one".formatted(url));
            }
            return answer;
        } catch (JacksonException e) {
            throw new RegistryException("server %s: no JSON".formatted(url), e);
        } catch (IOException e) {
            throw new RegistryException("server %s: cannot be asked: %s".formatted(url, Reason.of(e)), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryException("server %s: interrupted".formatted(url), e);
        }
    }
}
