package dev.laurel.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Rows as one array for each column: so many rows go to the server in one statement. */
record Arrays<R>(Collection<R> rows) {
    /** @param type of the column, as the server calls it */
    void set(PreparedStatement statement, int parameter, String type, Function<R, @Nullable Object> value)
            throws SQLException {
        @Nullable Object[] values = new @Nullable Object[rows.size()];
        int i = 0;
        for (R row : rows) {
            values[i++] = value.apply(row);
        }
        statement.setArray(parameter, statement.getConnection().createArrayOf(type, values));
    }
}
