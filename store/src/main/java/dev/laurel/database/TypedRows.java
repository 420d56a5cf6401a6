package dev.laurel.database;

import dev.laurel.model.InvalidValueException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The rows of a query, one after another, so that there may be any number of them. Each value is a text in the one form that rows have
 * everywhere: numbers as shortest decimals, dates as {@code 2020-04-17}, and nothing for what is missing.
 */
public final class TypedRows implements AutoCloseable {
    private final Database database;
    private final Connection connection;
    private final ResultSet rows;
    private final List<String> names = new ArrayList<>();
    private final List<ColumnType> types = new ArrayList<>();
    private long row;

    /** @throws SQLException when the query is wrong; nothing is closed then */
    TypedRows(Database database, Connection connection, PreparedStatement statement) throws SQLException {
        this.database = database;
        this.connection = connection;
        this.rows = statement.executeQuery();
        ResultSetMetaData columns = rows.getMetaData();
        Set<String> seen = new HashSet<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            String name = columns.getColumnLabel(i);
            if (!seen.add(name)) {
                throw wrong("%s: twice in what the query gives (expected: each name once; name it otherwise with 'as')"
                        .formatted(name));
            }
            names.add(name);
            types.add(ColumnType.of(columns.getColumnTypeName(i), columns.getColumnType(i)));
        }
    }

    public List<String> names() {
        return names;
    }

    /**
     * Says no to a column that is to be read and does not hold what is asked for.
     *
     * @param numbers whether it is to hold numbers; otherwise it may hold anything that has a text
     */
    public void expect(int column, boolean numbers) {
        String name = names.get(column);
        String as = numbers ? "double precision" : "text";
        ColumnType type = types.get(column);
        if (type.isUnknown() || (numbers && !type.isOfNumbers())) {
            throw wrong("%s: of the type %s (expected: %s; change it in the query, as in \"%s\"::%s)"
                    .formatted(
                            name,
                            type.name(),
                            numbers ? "a type of numbers, or boolean" : "a type of texts, numbers, dates, or boolean",
                            name,
                            as));
        }
    }

    /** Whether there is one more row, which then is the one at hand. */
    public boolean next() {
        try {
            row++;
            return rows.next();
        } catch (SQLException e) {
            throw database.failure(e);
        }
    }

    /** The number of the row at hand, from 1. */
    public long row() {
        return row;
    }

    /**
     * A value of the row at hand; empty where it is missing.
     *
     * @throws InvalidValueException when it is a date at the end of time
     */
    public String text(int column) {
        try {
            return types.get(column).text(rows, column + 1, names.get(column));
        } catch (SQLException e) {
            throw database.failure(e);
        }
    }

    private DatabaseException wrong(String problem) {
        return new DatabaseException(database.described() + ": query: column " + problem);
    }

    @Override
    public void close() {
        Database.close(connection);
    }
}
