package dev.laurel.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A database of its own in the one real PostgreSQL that all tests of a JVM share, since a server takes seconds to start. */
public record TestDatabase(String address) {
    private static final EmbeddedPostgres SERVER = start();
    private static final AtomicInteger MADE = new AtomicInteger();

    private static EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "off")
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An empty one. */
    public static TestDatabase create() {
        String name = "laurel" + MADE.incrementAndGet();
        in("postgres").execute("create database " + name);
        return in(name);
    }

    private static TestDatabase in(String name) {
        return new TestDatabase("jdbc:postgresql://127.0.0.1:%s/%s?user=postgres".formatted(SERVER.getPort(), name));
    }

    public TestDatabase execute(String sql) {
        try (Connection connection = DriverManager.getConnection(address);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
            return this;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** The rows of a query, each as its values with {@code |} between them. */
    public List<String> rows(String sql) {
        try (Connection connection = DriverManager.getConnection(address);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> lines = new ArrayList<>();
            while (rows.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    values.add(rows.getString(i));
                }
                lines.add(String.join("|", values.stream().map(String::valueOf).toList()));
            }
            return lines;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
