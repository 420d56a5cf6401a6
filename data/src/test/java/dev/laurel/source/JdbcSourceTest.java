package dev.laurel.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.database.TestDatabase;
import dev.laurel.definition.Definition;
import dev.laurel.definition.Source;
import dev.laurel.table.Table;
import dev.laurel.yaml.InvalidDocumentException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdbcSourceTest {
    private final TestDatabase postgres = TestDatabase.create();

    @TempDir
    private Path folder;

    private Source.Jdbc source(String query, @Nullable String key) {
        return new Source.Jdbc(postgres.address(), query, key);
    }

    private Table read(Source.Jdbc source, Set<String> columns, Set<String> words) {
        return new JdbcSource(Map.of())
                .read(source, new CsvTable.Asked(columns, words))
                .table();
    }

    private static String csv(Table table) {
        return new String(TableCsv.write(table), StandardCharsets.UTF_8);
    }

    @Test
    void readsColumnsInTheOrderOfTheirNamesAndRowsInThatOfTheirKeys() {
        postgres.execute(
                "create table prices (day date, \"EUR\" numeric(20, 10), open boolean, place text, size bigint, other bytea)");
        postgres.execute("insert into prices values ('2024-01-03', 1234.5000000001, true, 'Bonn', null, null),"
                + " ('2024-01-02', 'NaN', null, '', 9007199254740993, null)");

        Source.Jdbc source = source("select * from prices", "day");
        CsvTable read = new JdbcSource(Map.of())
                .read(source, new CsvTable.Asked(Set.of("size", "EUR", "open", "place"), Set.of("place")));

        assertThat(csv(read.table())).isEqualTo("""
                        day,EUR,open,place,size
                        2024-01-02,,,,9007199254740992
                        2024-01-03,1234.5000000001,1,Bonn,
                        """);
        assertThat(read.passedOver()).containsExactly("other");
    }

    @Test
    void givesTheSameKeptRowsAsTheFileItself() {
        Definition iris = Definitions.ofLabel(new Source.Bundled("iris"), "species", "petal_width", "petal_length");
        RowStore store = new RowStore(folder, false, Clock.systemUTC());
        Table file = store.rows(iris).table();
        postgres.execute("create table iris (n serial, petal_length real, petal_width numeric, species varchar)");
        StringBuilder values = new StringBuilder();
        for (int row = 0; row < file.rows(); row++) {
            values.append("%s(%s, %s, '%s')"
                    .formatted(
                            row == 0 ? "" : ", ",
                            file.value("petal_length", row),
                            file.value("petal_width", row),
                            file.word("species", row)));
        }
        postgres.execute("insert into iris (petal_length, petal_width, species) values " + values);

        Definition stored = Definitions.ofLabel(
                source("select * from iris order by n", null), "species", "petal_width", "petal_length");
        Rows rows = store.rows(stored);

        assertThat(csv(rows.table())).isEqualTo(csv(file));
        assertThat(csv(TableCsv.read(TableCsv.write(rows.table()), "kept.csv", Shape.of(stored))))
                .isEqualTo(csv(file));
        assertThat(rows.origin()).matches("jdbc 127.0.0.1:\\d+/laurel\\d+");
        assertThat(rows.notes()).isEqualTo("columns that nothing asks for: n");
    }

    @Test
    void refusesAKeyThatComesTwice() {
        Source.Jdbc source = source("select 1 as x, k from (values ('b'), ('a'), ('b')) t (k)", "k");

        assertThatThrownBy(() -> read(source, Set.of("x"), Set.of()))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageEndingWith(":3: k: 'b' (expected: each key once; it stands in line 1 too)");
    }

    @Test
    void saysWhatTheQueryDoesNotGive() {
        assertThatThrownBy(() -> read(source("select 1 as eur", null), Set.of("EUR"), Set.of()))
                .isInstanceOf(SourceException.class)
                .hasMessage("jdbc: column: EUR (expected: a name of what the query gives, where the nearest is eur)");
        assertThatThrownBy(() -> read(source("select 'a' as eur", null), Set.of("eur"), Set.of()))
                .isInstanceOf(SourceException.class)
                .hasMessageMatching(
                        "jdbc: database \\S+: query: column eur: of the type text \\(expected: a type of numbers.*");
        assertThatThrownBy(() -> read(source("select 1 as eur where false", null), Set.of("eur"), Set.of()))
                .hasMessageEndingWith("the query gives no rows (expected: at least one)");
        assertThatThrownBy(() -> read(source("select 1 as x, null::text as k", "k"), Set.of("x"), Set.of()))
                .hasMessageMatching("jdbc: database \\S+: row 1: k: '' .*");
        assertThatThrownBy(() -> read(source("selec 1", null), Set.of("eur"), Set.of()))
                .hasMessageEndingWith("query 1:1: syntax error at or near \"selec\"");
        assertThatThrownBy(() -> read(source("select 'Infinity'::float8 as x", null), Set.of("x"), Set.of()))
                .hasMessageEndingWith("row 1: x: 'Infinity' (expected: a number)");
    }

    @Test
    void isNotAskedOffline() {
        RowStore store = new RowStore(folder, true, Clock.systemUTC());

        assertThatThrownBy(() -> store.rows(Definitions.ofValue(source("select 1 as y, 2 as x", null), "y", "x")))
                .isInstanceOf(SourceException.class)
                .hasMessageEndingWith(": offline. Run without --offline to ask the database.");
    }
}
