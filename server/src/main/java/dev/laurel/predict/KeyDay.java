package dev.laurel.predict;

import java.time.LocalDate;
import java.time.Period;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * The day that a key names, {@code 2020-04-17}, or the first of its month, {@code 2020-04}.
 *
 * @param usualGap how far apart two keys of such rows may be without anybody wondering
 */
record KeyDay(LocalDate day, Period usualGap) {
    private static final Period WEEK = Period.ofDays(7);
    private static final Period MONTH = Period.ofMonths(1);
    /** The length of {@code 1949-01}. */
    private static final int MONTH_LENGTH = 7;

    /** Empty where a key is no date. */
    static Optional<KeyDay> of(String key) {
        try {
            return Optional.of(
                    key.length() == MONTH_LENGTH
                            ? new KeyDay(YearMonth.parse(key).atDay(1), MONTH)
                            : new KeyDay(LocalDate.parse(key), WEEK));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    boolean isLongAfter(KeyDay before) {
        return before.day.plus(usualGap).isBefore(day);
    }
}
