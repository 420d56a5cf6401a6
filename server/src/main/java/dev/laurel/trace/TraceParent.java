package dev.laurel.trace;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a request stands in a trace, as the header {@code traceparent} of W3C's Trace Context says it.
 *
 * @param traceId 32 hex digits
 * @param spanId 16 hex digits
 */
public record TraceParent(String traceId, String spanId, boolean sampled) {
    public static final String HEADER = "traceparent";

    /** A later version may say more behind a dash; the first may not. */
    private static final Pattern FORM =
            Pattern.compile("(?:00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})"
                    + "|(?!00|ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?)");

    /** Empty where there is none, or one that is not well formed, which is to be passed over. */
    public static Optional<TraceParent> parse(@Nullable String header) {
        if (header == null) {
            return Optional.empty();
        }
        Matcher form = FORM.matcher(header);
        if (!form.matches()) {
            return Optional.empty();
        }
        int first = form.group(1) == null ? 4 : 1;
        boolean sampled = (Integer.parseInt(form.group(first + 2), 16) & 1) == 1;
        return Optional.of(new TraceParent(form.group(first), form.group(first + 1), sampled));
    }

    /** As the header has it. */
    public String text() {
        return "00-" + traceId + "-" + spanId + (sampled ? "-01" : "-00");
    }
}
