package dev.laurel.cli.read;

import dev.laurel.model.InvalidValueException;
import dev.laurel.registry.Registry;
import dev.laurel.registry.view.Revision;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;

/**
 * A point in the history of main, as a person names it: a commit or a time.
 *
 * @param time absent when it is a commit
 */
record When(String text, @Nullable Instant time) {
    private static final Pattern TIME = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}([T ].*)?");

    static final class Converter implements ITypeConverter<When> {
        @Override
        public When convert(String text) {
            try {
                return new When(text, TIME.matcher(text).matches() ? time(text) : null);
            } catch (DateTimeException e) {
                throw new InvalidValueException(
                        "time", text, "such as 2026-11-21, 2026-11-21T09:30 or 2026-11-21T09:30:00+01:00");
            }
        }
    }

    private static Instant time(String text) {
        if (!text.contains("T")) {
            return LocalDate.parse(text)
                    .plusDays(1)
                    .atStartOfDay(ZoneOffset.UTC)
                    .toInstant()
                    .minusSeconds(1);
        }
        String clock = text.substring(text.indexOf('T'));
        return clock.endsWith("Z") || clock.contains("+") || clock.contains("-")
                ? OffsetDateTime.parse(text).toInstant()
                : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    }

    Revision in(Registry registry) {
        return time == null ? registry.at(text) : registry.at(time);
    }
}
