package dev.laurel.source;

import dev.laurel.model.Expect;
import dev.laurel.model.InvalidValueException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads keys as a file writes them. */
final class KeyText {
    private final String column;
    private final @Nullable String pattern;
    private final @Nullable DateTimeFormatter dates;

    /**
     * @param column for messages
     * @param pattern how dates are written; null for keys that stay as they are
     */
    KeyText(String column, @Nullable String pattern) {
        this.column = column;
        this.pattern = pattern;
        this.dates = pattern == null ? null : formatter(pattern);
    }

    /** Strict, so that there is no 30 February. English names of months, whatever the machine speaks. A month alone is its first day. */
    private static DateTimeFormatter formatter(String pattern) {
        try {
            DateTimeFormatterBuilder builder =
                    new DateTimeFormatterBuilder().appendPattern(pattern).parseDefaulting(ChronoField.ERA, 1);
            if (!pattern.contains("d") && !pattern.contains("D")) {
                builder.parseDefaulting(ChronoField.DAY_OF_MONTH, 1);
            }
            return builder.toFormatter(Locale.ENGLISH).withResolverStyle(ResolverStyle.STRICT);
        } catch (IllegalArgumentException e) {
            throw new InvalidValueException("date_format", "'" + pattern + "'", "a form of dates such as dd.MM.yyyy");
        }
    }

    /**
     * The key, of dates in the form {@code 2020-04-17}.
     *
     * @throws InvalidValueException when it is none
     */
    String key(String field) {
        Expect.notBlank(column, field);
        if (dates == null) {
            return field;
        }
        try {
            return dates.parseBest(field, LocalDateTime::from, LocalDate::from).toString();
        } catch (DateTimeException e) {
            throw new InvalidValueException(column, "'" + field + "'", "a date of the form " + pattern);
        }
    }
}
