package dev.laurel.store;

import dev.laurel.database.Database;
import dev.laurel.database.DatabaseException;
import dev.laurel.program.Reason;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/**
 * The tables of Laurel in a database, in the first schema of its search path. For one thread. What is written is there whole or not at all: each
 * writer commits for itself.
 */
public final class Store implements AutoCloseable {
    private static final String HISTORY = "laurel_schema_history";

    private final Database database;
    private final Connection connection;

    private Store(Database database, Connection connection) {
        this.database = database;
        this.connection = connection;
    }

    /**
     * Makes the tables, or brings them up to date, and opens them.
     *
     * @param address null for the one that the environment names
     * @throws DatabaseException when the database cannot be reached, or the user may not do that
     */
    public static Store open(@Nullable String address, Map<String, String> environment) {
        Database database = Database.at(address, environment);
        Connection connection = database.connect();
        try {
            migrate(database);
            return new Store(database, connection);
        } catch (RuntimeException e) {
            close(connection);
            throw e;
        }
    }

    private static void migrate(Database database) {
        try {
            Flyway.configure(Store.class.getClassLoader())
                    .dataSource(database.source())
                    .locations("classpath:dev/laurel/store/schema")
                    .table(HISTORY)
                    .loggers("slf4j")
                    // A schema may hold other tables than ours.
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
                if (cause instanceof SQLException said) {
                    throw database.failure(said);
                }
            }
            throw new DatabaseException("%s: its tables cannot be made or brought up to date: %s"
                    .formatted(database.described(), Reason.of(e)));
        }
    }

    /** For people: {@code database localhost:5432/laurel}. */
    public String described() {
        return database.described();
    }

    /** What a transaction does. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** Does it whole, or not at all. */
    <T> T commit(Work<T> work) {
        try {
            T result = work.on(connection);
            connection.commit();
            return result;
        } catch (SQLException e) {
            rollBack();
            throw database.failure(e);
        } catch (RuntimeException e) {
            rollBack();
            throw e;
        }
    }

    private void rollBack() {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // The server does it when the connection is gone.
        }
    }

    @Override
    public void close() {
        close(connection);
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // All that was to be kept is committed.
        }
    }
}
