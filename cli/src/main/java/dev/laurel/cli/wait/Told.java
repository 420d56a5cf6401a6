package dev.laurel.cli.wait;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a server said of a model at {@code GET /models/<name>/sync}.
 *
 * @param at the clock of this machine when it said so
 */
record Told(URI server, JsonNode view, Instant at) {
    String instance() {
        return view.path("instance").asText();
    }

    /** For people: which of them, and where. */
    String who() {
        return "%s at %s".formatted(instance(), server);
    }

    /** Whether it answers with what is wanted. */
    boolean answers(Wanted wanted) {
        return wanted.version() == null ? view.path("state").asText().equals("withdrawn") : isWanted(view, wanted);
    }

    /** Whether it has read the pin that is wanted, so that what is left is to load it. */
    boolean hasRead(Wanted wanted) {
        return wanted.version() != null && isWanted(view.path("arrival"), wanted);
    }

    private static boolean isWanted(JsonNode node, Wanted wanted) {
        return node.path("version").asText().equals(String.valueOf(wanted.version()))
                && node.path("digest").asText().equals(String.valueOf(wanted.digest()));
    }

    /** Whether its pin is a file that somebody else brings it. */
    boolean isBroughtItsPin() {
        return view.at("/arrival/put").isTextual();
    }

    Optional<String> problem() {
        return Optional.of(view.path("problem").asText("")).filter(text -> !text.isEmpty());
    }

    /** The version that answers there, for people. */
    String version() {
        return view.path("version").asText("nothing");
    }

    /** A time of that machine by the clock of this one. */
    Optional<Instant> time(String path) {
        try {
            Duration ahead = Duration.between(Instant.parse(view.path("time").asText()), at);
            return Optional.of(Instant.parse(view.at(path).asText()).plus(ahead));
        } catch (DateTimeException absent) {
            return Optional.empty();
        }
    }
}
