package dev.laurel.database;

import java.sql.SQLException;

/** What a database did not do; the message says which database, why, and what to do. */
public final class DatabaseException extends RuntimeException {
    /** Classes 22, data exception, and 23, integrity constraint violation. */
    private static final String REFUSED_VALUES = "2[23].*";

    public DatabaseException(String message) {
        super(message);
    }

    DatabaseException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Whether the database answers, and takes none of these values, now or later. */
    public boolean isRefusal() {
        return getCause() instanceof SQLException said
                && String.valueOf(said.getSQLState()).matches(REFUSED_VALUES);
    }
}
