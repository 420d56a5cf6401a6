package dev.laurel.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.definition.Query;
import dev.laurel.model.InvalidValueException;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseTest {
    private final TestDatabase postgres = TestDatabase.create();
    private final Database database = Database.at(postgres.address(), Map.of());

    private List<String> texts(String sql) {
        try (TypedRows rows = database.rows(new Query(sql))) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.text(0));
            }
            return texts;
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '=', textBlock = """
            1::smallint                                          = 1
            9007199254740993::bigint                             = 9007199254740993
            1234567890.1234567890::numeric                       = 1234567890.1234567890
            0.1::real                                            = 0.1
            0.1::double precision                                = 0.1
            'NaN'::double precision                              = ''
            null::integer                                        = ''
            true                                                 = true
            null::boolean                                        = ''
            'a, "b"'::text                                       = 'a, "b"'
            'ab'::char(5)                                        = ab
            'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid         = a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11
            '2024-02-29'::date                                   = 2024-02-29
            '2024-02-29 10:00'::timestamp                        = 2024-02-29T10:00
            '2024-02-29 10:00:30.5+02'::timestamptz              = 2024-02-29T08:00:30.500
            """, quoteCharacter = '`')
    void readsEachTypeAsItsText(String value, String text) {
        assertThat(texts("select " + value)).containsExactly(text.equals("''") ? "" : text.replaceAll("^'|'$", ""));
    }

    @Test
    void readsWordsOfAListAsTexts() {
        postgres.execute("create type mood as enum ('glad', 'sad')");

        assertThat(texts("select 'sad'::mood")).containsExactly("sad");
    }

    @Test
    void readsManyRowsAsTheyCome() {
        assertThat(texts("select n from generate_series(1, 12001) n"))
                .hasSize(12_001)
                .endsWith("12001");
    }

    @Test
    void bindsValuesOfTheEnvironment() {
        Database with = Database.at(
                postgres.address(), Map.of("LAUREL_QUERY_FROM", "2024-01-02", "LAUREL_QUERY_NAME", "x'; drop table y"));
        String sql = """
                select n, ${LAUREL_QUERY_NAME}::text as name
                from (values ('2024-01-01'::date), ('2024-01-02')) t (n) where n >= ${LAUREL_QUERY_FROM}""";
        try (TypedRows rows = with.rows(new Query(sql))) {
            assertThat(rows.names()).containsExactly("n", "name");
            assertThat(rows.next()).isTrue();
            assertThat(List.of(rows.text(0), rows.text(1))).containsExactly("2024-01-02", "x'; drop table y");
            assertThat(rows.next()).isFalse();
        }
    }

    @Test
    void asksForAValueThatIsNotSet() {
        assertThatThrownBy(() -> texts("select ${LAUREL_QUERY_FROM}"))
                .isInstanceOf(DatabaseException.class)
                .hasMessage(
                        "LAUREL_QUERY_FROM: not set (expected: a value in the environment, which the query asks for)");
    }

    @Test
    void saysWhereInAQueryItIsWrong() {
        Database with = Database.at(postgres.address(), Map.of("LAUREL_QUERY_A_LONG_NAME", "1"));
        Query query = new Query("select 1\nwhere 1 = ${LAUREL_QUERY_A_LONG_NAME}::int\n  and nothing = 1");

        assertThatThrownBy(() -> with.rows(query))
                .hasMessage(database.described() + ": query 3:7: column \"nothing\" does not exist");
    }

    @Test
    void readsOnly() {
        postgres.execute("create table kept (n integer)");

        assertThatThrownBy(() -> texts("insert into kept values (1) returning n"))
                .hasMessageEndingWith("cannot execute INSERT in a read-only transaction; a query only reads");
        assertThat(postgres.rows("select * from kept")).isEmpty();
    }

    @Test
    void saysThatAQueryIsOfTwoStatements() {
        assertThatThrownBy(() -> texts("select 1 as a; select 2 as a"))
                .hasMessage(database.described() + ": query: Multiple ResultSets were returned by the query.");
    }

    @Test
    void saysWhatIsWrongWithOneOfManyStatements() throws SQLException {
        postgres.execute("create table small (n integer check (n < 3))");
        try (Connection connection = database.connect();
                PreparedStatement insert = connection.prepareStatement("insert into small values (?)")) {
            for (int n = 1; n <= 3; n++) {
                insert.setInt(1, n);
                insert.addBatch();
            }
            assertThatThrownBy(insert::executeBatch)
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(database.failure(e))
                                    .hasMessage(
                                            database.described()
                                                    + ": new row for relation \"small\" violates check constraint \"small_n_check\""));
        }
    }

    @Test
    void saysThatTwoColumnsHaveOneName() {
        assertThatThrownBy(() -> texts("select 1 as n, 2 as n"))
                .hasMessageContaining("query: column n: twice in what the query gives");
    }

    @Test
    void refusesATypeThatRowsHaveNot() {
        try (TypedRows rows = database.rows(new Query("select 'x'::bytea as b, 'y'::text as t"))) {
            assertThatThrownBy(() -> rows.expect(0, false))
                    .hasMessageEndingWith(
                            "query: column b: of the type bytea (expected: a type of texts, numbers, dates, or"
                                    + " boolean; change it in the query, as in \"b\"::text)");
            assertThatThrownBy(() -> rows.expect(1, true))
                    .hasMessageEndingWith(
                            "query: column t: of the type text (expected: a type of numbers, or boolean; change it"
                                    + " in the query, as in \"t\"::double precision)");
        }
    }

    @Test
    void saysWhatCannotBeReached() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Database nowhere = Database.at("jdbc:postgresql://127.0.0.1:%s/x?user=u".formatted(port), Map.of());

        assertThatThrownBy(nowhere::connect)
                .isInstanceOf(DatabaseException.class)
                .hasMessage(
                        "database 127.0.0.1:%s/x: cannot be reached: Connection refused (expected: a PostgreSQL server that answers; try again later)"
                                .formatted(port));
    }

    @Test
    void saysThatThereIsNoSuchDatabaseOrUser() {
        String other = postgres.address().replaceFirst("/laurel\\d+", "/nowhere");
        assertThatThrownBy(() -> Database.at(other, Map.of()).connect())
                .hasMessageContaining(
                        "database \"nowhere\" does not exist (expected: the name of one behind the last slash");

        String nobody = postgres.address().replace("user=postgres", "user=nobody");
        assertThatThrownBy(() -> Database.at(nobody, Map.of()).connect())
                .hasMessageContaining("role \"nobody\" does not exist (expected: LAUREL_DATABASE_USER");
    }

    @Test
    void takesUserAndPasswordFromTheEnvironmentOrFiles(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("password"), "secret\n");

        assertThat(Credentials.of(Map.of("PGUSER", "a", "PGPASSWORD", "b"))).isEqualTo(new Credentials("a", "b"));
        assertThat(Credentials.of(Map.of("PGUSER", "a", "LAUREL_DATABASE_USER", "c"))
                        .user())
                .isEqualTo("c");
        assertThat(Credentials.of(Map.of("LAUREL_DATABASE_PASSWORD_FILE", file.toString()))
                        .password())
                .isEqualTo("secret");
        assertThat(new Credentials("a", "secret")).hasToString("user a");
        assertThatThrownBy(() -> Credentials.of(Map.of("PGPASSWORD_FILE", "/nowhere")))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("PGPASSWORD_FILE: /nowhere (expected: a file that this process may read)");
    }

    @Test
    void asksForAnAddress() {
        assertThatThrownBy(() -> Database.at(null, Map.of()))
                .hasMessageStartingWith("LAUREL_DATABASE_URL: not set (expected: an address in the environment");
        assertThat(Database.at(null, Map.of("LAUREL_DATABASE_URL", "jdbc:postgresql://db/x"))
                        .described())
                .isEqualTo("database db/x");
    }
}
