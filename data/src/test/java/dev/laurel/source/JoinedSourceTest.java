package dev.laurel.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.database.TestDatabase;
import dev.laurel.definition.Definition;
import dev.laurel.definition.Source;
import dev.laurel.definition.Source.Joined.How;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JoinedSourceTest {
    @TempDir
    private Path folder;

    private Source file(String name, @Nullable String key, String text) {
        try {
            Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return Definitions.csv(name, key);
    }

    private Source days() {
        return file("days.csv", "day", "day,x,shop\n2024-01-10,2,b\n2024-01-01,1,a\n2024-01-31,3,c\n2023-12-01,0,\n");
    }

    private Source rates() {
        return file("rates.csv", "date", "date,y,x\n2024-01-31,30,9\n2023-12-31,10,7\n2024-01-05,,8\n");
    }

    private String joined(Source source, String... columns) {
        return new String(TableCsv.write(rows(source, columns).table()), StandardCharsets.UTF_8);
    }

    private Rows rows(Source source, String... columns) {
        Definition definition = Definitions.ofValue(source, "y", columns);
        return new RowStore(folder.resolve("kept"), true, Clock.systemUTC(), folder).rows(definition);
    }

    private static Source.Joined join(
            Source left,
            Source right,
            @Nullable String on,
            How how,
            @Nullable Integer maxDays,
            @Nullable String prefix) {
        return new Source.Joined(left, right, on, how, maxDays, prefix);
    }

    @Test
    void putsTheRowOfTheSameKeyBesideEachRow() {
        Source right = file("rates.csv", "date", "date,y\n2024-01-31,30\n2024-01-05,5\n2024-01-01,1.5\n");

        assertThat(joined(join(days(), right, null, How.EXACT, null, null), "x"))
                .isEqualTo("""
                        day,x,y
                        2023-12-01,0,
                        2024-01-01,1,1.5
                        2024-01-10,2,
                        2024-01-31,3,30
                        """);
    }

    @Test
    void takesTheNewestRowThatIsNotAfter() {
        Source right = file("rates.csv", "date", "date,y\n2024-01-31,30\n2023-12-31,10\n2024-01-05,\n");

        assertThat(joined(join(days(), right, null, How.NEWEST_BEFORE, null, null), "x"))
                .isEqualTo("""
                        day,x,y
                        2023-12-01,0,
                        2024-01-01,1,10
                        2024-01-10,2,
                        2024-01-31,3,30
                        """);
    }

    @Test
    void looksForNothingBeforeAmongKeysWhoseTextsDoNotRiseAsTheirNumbers() {
        Source left = file("left.csv", "n", "n,x\n8,1\n12,2\n");
        Source right = file("right.csv", "n", "n,y\n2,30\n9,10\n11,7\n");

        assertThatThrownBy(() -> rows(join(left, right, null, How.NEWEST_BEFORE, null, null), "x"))
                .isInstanceOf(SourceException.class)
                .hasMessageStartingWith("joined: key n: '11' before '2' (expected: keys that rise as texts");
        assertThat(rows(join(left, right, null, How.EXACT, null, null), "x")
                        .table()
                        .rows())
                .isEqualTo(2);
    }

    @Test
    void takesNoRowThatIsTooOld() {
        Source right = file("rates.csv", "date", "date,y\n2024-01-04T12:00,4\n2023-12-25,25\n");

        assertThat(joined(join(days(), right, null, How.NEWEST_BEFORE, 6, null), "x"))
                .isEqualTo("""
                        day,x,y
                        2023-12-01,0,
                        2024-01-01,1,
                        2024-01-10,2,4
                        2024-01-31,3,
                        """);
    }

    @Test
    void looksUpAColumnThatIsNoKeyAndKeepsTheOrderOfRows() {
        Source left = file("sales.csv", null, "x,shop\n3,b\n1,a\n2,b\n4,\n");
        Source right = file("shops.csv", "shop", "shop,y\na,10\nb,20\n");

        assertThat(joined(join(left, right, "shop", How.EXACT, null, null), "x"))
                .isEqualTo("x,y\n3,20\n1,10\n2,20\n4,\n");
    }

    @Test
    void tellsColumnsOfOneNameApartByAPrefix() {
        Source.Joined apart = join(days(), rates(), null, How.NEWEST_BEFORE, null, "r_");
        Definition definition = Definitions.ofValue(apart, "r_y", "x", "r_x");
        Rows rows = new RowStore(folder.resolve("kept"), true, Clock.systemUTC(), folder).rows(definition);

        assertThat(new String(TableCsv.write(rows.table()), StandardCharsets.UTF_8))
                .isEqualTo("""
                        day,r_x,r_y,x
                        2023-12-01,,,0
                        2024-01-01,7,10,1
                        2024-01-10,8,,2
                        2024-01-31,9,30,3
                        """);
        assertThat(rows.origin()).isEqualTo("csv days.csv joined with csv rates.csv");
        assertThat(rows.notes()).isEqualTo("columns that nothing asks for: shop");
        assertThat(TableCsv.write(TableCsv.read(TableCsv.write(rows.table()), "kept.csv", Shape.of(definition))))
                .isEqualTo(TableCsv.write(rows.table()));
    }

    @Test
    void joinsThreeSourcesOfTwoKinds() {
        Source months = file("months.csv", "m", "m,y\n2023-12-01,1\n2024-01-15,2\n");
        Source.Joined inner = join(days(), rates(), null, How.NEWEST_BEFORE, null, "r_");
        Source.Joined outer = join(inner, months, null, How.NEWEST_BEFORE, null, null);

        assertThat(joined(outer, "x", "r_x")).isEqualTo("""
                        day,r_x,x,y
                        2023-12-01,,0,1
                        2024-01-01,7,1,1
                        2024-01-10,8,2,1
                        2024-01-31,9,3,2
                        """);
    }

    @Test
    void joinsADatabaseWithAFile() {
        TestDatabase postgres = TestDatabase.create();
        Source left =
                new Source.Jdbc(postgres.address(), "select n as id, n * 2 as x from generate_series(1, 3) n", null);
        Source right = file("names.csv", "n", "n,y\n1,0.5\n3,1.5\n");
        Definition definition = Definitions.ofValue(join(left, right, "id", How.EXACT, null, null), "y", "x");

        assertThat(TableCsv.write(new RowStore(folder, false, Clock.systemUTC(), folder)
                        .rows(definition)
                        .table()))
                .asString()
                .isEqualTo("x,y\n2,0.5\n4,\n6,1.5\n");
    }

    @Test
    void saysWhyTwoSourcesDoNotFit() {
        assertProblem(
                join(days(), rates(), null, How.EXACT, null, null),
                "joined: column x: in both sources (expected: in one of them; 'prefix' puts something before the names of the right one)",
                "x");
        assertProblem(
                join(days(), rates(), null, How.EXACT, null, "r_"),
                "joined: column y: in none of the two sources (expected: in one of them)",
                "x");
        assertProblem(
                join(days(), file("r.csv", null, "y\n1\n"), null, How.EXACT, null, null),
                "joined: right: csv r.csv (expected: a source whose rows have a key)",
                "x");
        assertProblem(
                join(file("l.csv", null, "x\n1\n"), rates(), null, How.EXACT, null, "r_"),
                "joined: on: missing (expected: a column of the left source, whose rows have no key)",
                "x");
        assertProblem(
                join(days(), file("r.csv", "k", "k,y\n1,1\n"), "x", How.EXACT, null, null),
                "joined: on: x (expected: a column that no feature reads as a number; one-hot and ordinal read words)",
                "x");
        assertProblem(
                join(days(), file("r.csv", "k", "k,y\n1,1\n"), null, How.NEWEST_BEFORE, 3, null),
                "joined: key: '1' (expected: a date such as 2020-04-17, beside max_days)",
                "x");
    }

    private void assertProblem(Source source, String problem, String... columns) {
        assertThatThrownBy(() -> rows(source, columns))
                .isInstanceOf(SourceException.class)
                .hasMessage(problem);
    }
}
