package dev.laurel.predict;

import java.util.Set;

/** Rows of the source as a protocol brings them, oldest first. What is asked for and cannot be is an {@link UnansweredException} that names the place. */
public interface GivenRows {

    int count();

    /** All that some row has, where that may be more than what the model names. */
    default Set<String> columns() {
        return Set.of();
    }

    /** Whether a row says something of a column, be it that it has no value there. */
    boolean has(int row, String column);

    /** Whether a row says that it has no value there. */
    boolean isNull(int row, String column);

    double number(int row, String column);

    String word(int row, String column);

    String key(int row, String column);

    /** For messages: {@code rows[3].close}. */
    String place(int row, String column);
}
