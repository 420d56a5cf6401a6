package dev.laurel.forge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.laurel.program.Reason;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Talks JSON with the REST interface of one Git host. The token goes to that host and to no other: redirects are not followed, and of
 * a link to the next page only the query is taken. A host that is busy is asked again a few times.
 */
final class ForgeHttp {
    private static final int TRIES = 4;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
    private static final int MOST_PAGES = 100;
    private static final int LONGEST_MESSAGE = 300;
    private static final Set<Integer> BUSY = Set.of(429, 500, 502, 503, 504);
    private static final Pattern NEXT = Pattern.compile("<[^>?]*\\?([^>#]*)>\\s*;[^,]*\\brel=\"?next\"?");
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(10))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final String api;
    private final Map<String, String> headers;
    private final String permission;
    private final Patience patience;

    /**
     * @param api the address that all paths are below
     * @param headers of every request, with the token among them
     * @param permission what the token has to be allowed, in the host's own words
     */
    ForgeHttp(String api, Map<String, String> headers, String permission, Patience patience) {
        this.api = api;
        this.headers = headers;
        this.permission = permission;
        this.patience = patience;
    }

    /** All pages of a list. */
    List<JsonNode> list(String path, String query) {
        List<JsonNode> items = new ArrayList<>();
        Optional<String> page = Optional.of(query);
        for (int pages = 0; page.isPresent() && pages < MOST_PAGES; pages++) {
            Exchange exchange = new Exchange("GET", path + "?" + page.get(), null);
            HttpResponse<String> answer = exchange.expectDone();
            exchange.json(answer).forEach(items::add);
            page = answer.headers().allValues("Link").stream()
                    .map(NEXT::matcher)
                    .filter(Matcher::find)
                    .map(next -> next.group(1))
                    .findFirst();
        }
        return items;
    }

    /** Empty where there is nothing. */
    Optional<JsonNode> find(String path) {
        Exchange exchange = new Exchange("GET", path, null);
        HttpResponse<String> answer = exchange.answer();
        return answer.statusCode() == 404 ? Optional.empty() : Optional.of(exchange.json(exchange.done(answer)));
    }

    JsonNode send(String method, String path, Map<String, ?> body) {
        Exchange exchange = new Exchange(method, path, body);
        return exchange.json(exchange.expectDone());
    }

    /** A request, as often as it takes, and its answer. */
    private final class Exchange {
        private final String method;
        private final String path;
        private final HttpRequest request;

        Exchange(String method, String path, @Nullable Map<String, ?> body) {
            this.method = method;
            this.path = path;
            HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(api + path))
                    .timeout(Duration.ofSeconds(30))
                    .header("User-Agent", "laurel");
            headers.forEach(builder::header);
            if (body == null) {
                builder.method(method, HttpRequest.BodyPublishers.noBody());
            } else {
                builder.header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(text(body)));
            }
            this.request = builder.build();
        }

        private static String text(Map<String, ?> body) {
            try {
                return JSON.writeValueAsString(body);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("texts can always be written", e);
            }
        }

        HttpResponse<String> expectDone() {
            return done(answer());
        }

        HttpResponse<String> answer() {
            Instant start = Instant.now();
            try {
                for (int attempt = 1; ; attempt++) {
                    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
                    if (!isWorthAnotherTry(answer) || attempt == TRIES) {
                        return answer;
                    }
                    Duration wait = wait(answer, attempt);
                    if (Duration.between(start, Instant.now()).plus(wait).compareTo(LONGEST_WAIT) > 0) {
                        throw failed("%s, and asks to wait %s s (try again then)"
                                .formatted(answer.statusCode(), wait.toSeconds()));
                    }
                    patience.pause(wait);
                }
            } catch (IOException e) {
                throw new ForgeException(
                        text("no answer: %s (is the host up, and forge.url in laurel.yaml right?)"
                                .formatted(Reason.of(e))),
                        e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ForgeException(text("interrupted"), e);
            }
        }

        /** After an error of its own a host may have opened or commented all the same, and must not do so twice. */
        private boolean isWorthAnotherTry(HttpResponse<String> answer) {
            int status = answer.statusCode();
            return isRateLimited(answer)
                    || status == 429
                    || status == 503
                    || (BUSY.contains(status) && !method.equals("POST"));
        }

        private static boolean isRateLimited(HttpResponse<String> answer) {
            return answer.statusCode() == 403
                    && (answer.headers().firstValue("Retry-After").isPresent()
                            || answer.headers()
                                    .firstValue("X-RateLimit-Remaining")
                                    .filter("0"::equals)
                                    .isPresent());
        }

        private static Duration wait(HttpResponse<String> answer, int attempt) {
            OptionalLong after = number(answer, "Retry-After");
            if (after.isPresent()) {
                return Duration.ofSeconds(Math.max(0, after.getAsLong()));
            }
            OptionalLong reset = number(answer, "X-RateLimit-Reset");
            if (reset.isPresent() && number(answer, "X-RateLimit-Remaining").orElse(1) == 0) {
                return Duration.ofSeconds(
                        Math.max(1, reset.getAsLong() - Instant.now().getEpochSecond()));
            }
            return Duration.ofSeconds(1L << (attempt - 1));
        }

        private static OptionalLong number(HttpResponse<String> answer, String header) {
            return answer.headers()
                    .firstValue(header)
                    .filter(value -> value.matches("[0-9]{1,12}"))
                    .map(value -> OptionalLong.of(Long.parseLong(value)))
                    .orElse(OptionalLong.empty());
        }

        HttpResponse<String> done(HttpResponse<String> answer) {
            int status = answer.statusCode();
            if (status / 100 != 2) {
                throw failed(status + message(answer) + remedy(answer));
            }
            return answer;
        }

        private String remedy(HttpResponse<String> answer) {
            return switch (answer.statusCode()) {
                case 301, 302, 303, 307, 308 ->
                    " (moved, and a token follows nobody: set forge.url and forge.repository in laurel.yaml to where it is now)";
                case 401 -> " (the token is not accepted: make a new one, " + permission + ")";
                case 403 ->
                    isRateLimited(answer)
                            ? " (too many requests with this token: try again later)"
                            : " (the token lacks permission to open pull requests: it needs " + permission + ")";
                case 404 ->
                    " (no such repository, or none that the token may see: it needs " + permission
                            + "; see forge.repository in laurel.yaml)";
                case 429 -> " (too many requests: try again later)";
                default -> answer.statusCode() >= 500 ? " (the host is in trouble: try again later)" : "";
            };
        }

        JsonNode json(HttpResponse<String> answer) {
            try {
                JsonNode json = JSON.readTree(answer.body());
                if (json.isContainerNode()) {
                    return json;
                }
            } catch (JsonProcessingException e) {
                throw new ForgeException(text("an answer that is no JSON (is forge.url in laurel.yaml right?)"), e);
            }
            throw failed("an empty answer (is forge.url in laurel.yaml right?)");
        }

        /** What the host says itself, in one line of a decent length. */
        private static String message(HttpResponse<String> answer) {
            try {
                JsonNode json = JSON.readTree(answer.body());
                JsonNode message = json.path("message").isMissingNode() ? json.path("error") : json.path("message");
                String text =
                        message.isTextual() ? message.asText() : message.isMissingNode() ? "" : message.toString();
                for (JsonNode error : json.path("errors")) {
                    text += "; " + error.path("message").asText(error.isTextual() ? error.asText() : "");
                }
                text = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
                return text.isEmpty() ? "" : " " + text.substring(0, Math.min(text.length(), LONGEST_MESSAGE));
            } catch (JsonProcessingException e) {
                return "";
            }
        }

        private ForgeException failed(String what) {
            return new ForgeException(text(what));
        }

        private String text(String what) {
            return "%s: %s %s: %s".formatted(URI.create(api).getAuthority(), method, path, what);
        }
    }
}
