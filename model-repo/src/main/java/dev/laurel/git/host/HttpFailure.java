package dev.laurel.git.host;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** An answer that is not the one that was hoped for. */
public final class HttpFailure extends IOException {
    private static final int LONGEST_SHOWN = 200;
    private static final JsonMapper JSON = new JsonMapper();

    private final int status;
    private final @Nullable Duration retryAfter;

    private HttpFailure(String message, int status, @Nullable Duration retryAfter) {
        super(message);
        this.status = status;
        this.retryAfter = retryAfter;
    }

    public static HttpFailure of(URI address, HttpURLConnection answer) throws IOException {
        int status = HttpHost.status(answer);
        String said =
                message(HttpHost.text(answer)).replaceAll("\\p{Cntrl}+", " ").strip();
        String shown = said.length() <= LONGEST_SHOWN ? said : said.substring(0, LONGEST_SHOWN) + "...";
        @Nullable Duration retryAfter = retryAfter(answer.getHeaderField("Retry-After"));
        return new HttpFailure(
                "%s: %s%s%s"
                        .formatted(
                                HttpHost.shown(address),
                                status,
                                shown.isEmpty() ? "" : ": " + shown,
                                remedy(status, retryAfter)),
                status,
                retryAfter);
    }

    /** LFS servers put it into JSON as the message, others as the detail; it may as well be plain text. */
    private static String message(String body) {
        try {
            JsonNode json = JSON.readTree(body);
            JsonNode message = json.path("message").isTextual() ? json.path("message") : json.path("detail");
            return message.asText(body);
        } catch (JsonProcessingException plainText) {
            return body;
        }
    }

    /** What to do about an answer, in the end of its message; nothing where nobody knows. */
    public static String remedy(int status, @Nullable Duration retryAfter) {
        String later = retryAfter == null ? "try again later" : "try again in %s s".formatted(retryAfter.toSeconds());
        return switch (status) {
            case 401 ->
                " (LAUREL_GIT_TOKEN or LAUREL_GIT_TOKEN_FILE: a token that this host knows and that has not expired)";
            case 403 ->
                " (LAUREL_GIT_TOKEN or LAUREL_GIT_TOKEN_FILE: a token that may read, and for changes write, this repository)";
            case 407 -> " (the proxy wants a login, which is not supported)";
            case 429 -> " (too many requests: %s)".formatted(later);
            default -> isPassing(status) ? " (the host is busy or in trouble: %s)".formatted(later) : "";
        };
    }

    /** Reads a {@code Retry-After}: seconds, or a date. */
    static @Nullable Duration retryAfter(@Nullable String text) {
        if (text == null) {
            return null;
        }
        if (text.matches("[0-9]{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            return Duration.between(Instant.now(), ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME));
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Whether the same request may go better later. */
    public boolean isPassing() {
        return isPassing(status);
    }

    public static boolean isPassing(int status) {
        return status == 408 || status == 429 || status >= 500;
    }

    /** How long the server wants to be left alone; null when it does not say. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
