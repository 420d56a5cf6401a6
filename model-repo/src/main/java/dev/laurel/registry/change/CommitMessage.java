package dev.laurel.registry.change;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A plain subject, a line or more for people, and trailers that {@code git interpret-trailers} parses. Never evidence of anything. */
final class CommitMessage {
    private final String subject;
    private final List<String> lines = new ArrayList<>();
    private final Map<String, Object> trailers = new LinkedHashMap<>();

    CommitMessage(String subject) {
        this.subject = subject;
    }

    CommitMessage line(String text) {
        String line = oneLine(text);
        // Git takes a line of dashes for the end of the message and the begin of a patch.
        lines.add(line.startsWith("---") ? "> " + line : line);
        return this;
    }

    /** A trailer named {@code Laurel-<key>}; none where the value is absent. */
    CommitMessage trailer(String key, @Nullable Object value) {
        if (value != null) {
            trailers.put("Laurel-" + key, value);
        }
        return this;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(subject).append("\n\n");
        lines.forEach(line -> text.append(line).append('\n'));
        if (!lines.isEmpty()) {
            text.append('\n');
        }
        trailers.forEach((key, value) ->
                text.append(key).append(": ").append(oneLine(value.toString())).append('\n'));
        return text.toString();
    }

    private static String oneLine(String text) {
        return text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    }
}
