package dev.laurel.source;

import dev.laurel.table.Table;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Keys that are days, such as {@code 2026-01-31}. */
final class Days {
    private Days() {}

    /** The day of the newest row; null where rows have no keys or where keys are no days. */
    static @Nullable LocalDate newest(Table table) {
        if (!table.isKeyed() || table.rows() == 0) {
            return null;
        }
        try {
            return LocalDate.parse(table.key(table.rows() - 1));
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
