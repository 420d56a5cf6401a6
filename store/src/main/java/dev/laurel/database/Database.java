package dev.laurel.database;

import dev.laurel.definition.DatabaseAddress;
import dev.laurel.definition.Query;
import dev.laurel.model.InvalidValueException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** A PostgreSQL database, which is reached only when something is asked. */
public final class Database {
    /** The variable of the environment that says where it is. */
    public static final String ADDRESS = "LAUREL_DATABASE_URL";

    private static final int PATIENCE_SECONDS = 10;

    /** So many rows are on their way at once, however many there are. */
    private static final int FETCH_ROWS = 5000;

    private final DatabaseAddress address;
    private final Map<String, String> environment;

    private Database(DatabaseAddress address, Map<String, String> environment) {
        this.address = address;
        this.environment = environment;
    }

    /**
     * @param address null for the one that the environment names
     * @param environment has user, password and the values in queries
     * @throws InvalidValueException when there is none, or when it is no address, or has a password in it
     */
    public static Database at(@Nullable String address, Map<String, String> environment) {
        String text = address == null ? environment.getOrDefault(ADDRESS, "") : address;
        if (text.isEmpty()) {
            throw new InvalidValueException(
                    ADDRESS,
                    "not set",
                    "an address in the environment, such as jdbc:postgresql://localhost:5432/laurel");
        }
        return new Database(new DatabaseAddress(text), environment);
    }

    /** For people: {@code database localhost:5432/laurel}. */
    public String described() {
        return "database " + address.place();
    }

    /** @throws InvalidValueException when a file of the user's name or password cannot be read */
    public DataSource source() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setApplicationName("laurel");
        source.setConnectTimeout(PATIENCE_SECONDS);
        source.setLoginTimeout(PATIENCE_SECONDS);
        source.setTcpKeepAlive(true);
        // So that a text that is bound becomes whatever the query compares it with.
        source.setStringType("unspecified");
        source.setUrl(address.text());
        Credentials credentials = Credentials.of(environment);
        if (credentials.user() != null) {
            source.setUser(credentials.user());
        }
        if (credentials.password() != null) {
            source.setPassword(credentials.password());
        }
        return source;
    }

    /**
     * A connection on which nothing is done until it is committed.
     *
     * @throws DatabaseException when the database cannot be reached
     */
    public Connection connect() {
        return connect(false);
    }

    private Connection connect(boolean readOnly) {
        try {
            Connection connection = source().getConnection();
            try (Statement statement = connection.createStatement()) {
                statement.execute("set time zone 'UTC'");
            }
            connection.setReadOnly(readOnly);
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /**
     * The rows that a query gives, as they come. It can change nothing.
     *
     * @throws DatabaseException when the database cannot be reached, the query is wrong, a value in it is not set or a column is of a type that
     *     rows have not
     */
    public TypedRows rows(Query query) {
        List<String> values = query.variables().stream().map(this::value).toList();
        return rows(query, values);
    }

    /** @param values one for each place in the query */
    public TypedRows rows(Query query, List<String> values) {
        Connection connection = connect(true);
        try {
            PreparedStatement statement = connection.prepareStatement(query.marked());
            statement.setFetchSize(FETCH_ROWS);
            for (int i = 0; i < values.size(); i++) {
                statement.setString(i + 1, values.get(i));
            }
            return new TypedRows(this, connection, statement);
        } catch (SQLException e) {
            close(connection);
            throw Failures.of(this, e, query);
        } catch (RuntimeException e) {
            close(connection);
            throw e;
        }
    }

    private String value(String variable) {
        String value = environment.get(variable);
        if (value == null) {
            throw new DatabaseException(
                    "%s: not set (expected: a value in the environment, which the query asks for)".formatted(variable));
        }
        return value;
    }

    /** What went wrong, in words. */
    public DatabaseException failure(SQLException e) {
        return Failures.of(this, e, null);
    }

    static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // Nothing was to be kept.
        }
    }
}
