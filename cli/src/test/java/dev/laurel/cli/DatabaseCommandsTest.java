package dev.laurel.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.cli.common.ExitCodes;
import dev.laurel.cli.repository.Starter;
import dev.laurel.database.TestDatabase;
import dev.laurel.model.ModelName;
import dev.laurel.registry.Registry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows from a real PostgreSQL and predictions into it, by models that were really trained. */
class DatabaseCommandsTest {
    private static final String IRIS = "sepal_length,sepal_width,petal_length,petal_width,species\n";

    /** Trained from a query, on a key. */
    private static final String TRAFFIC = """
            model: traffic
            description: Cars of the next day
            source:
              kind: joined
              left:
                kind: jdbc
                url: %1$s
                query: select day, cars from traffic
                key: day
              right:
                kind: jdbc
                url: %1$s
                query: select * from weather
                key: day
              how: newest-before
              max_days: 7
            columns:
              - column: rain
                missing: mean
            target:
              kind: change
              column: cars
              horizon: 1
              unit: cars
            features:
              - kind: lag
                name: before
                column: cars
                window: 1
              - kind: column
                name: rain
                column: rain
            split:
              kind: chronological
              training: 0.7
              validation: 0.15
              evaluation: 0.15
            trainer:
              kind: decision-tree
            seed: 1
            gate:
              metric: rmse
              minimum_gain: 0.0
              minimum_rows: 10
              mode: commit
            """;

    @TempDir
    private static Path shared;

    private static TestDatabase postgres;

    @TempDir
    private Path folder;

    @BeforeAll
    static void train() throws IOException {
        postgres = TestDatabase.create();
        postgres.execute("create table traffic as select '2024-01-01'::date + n as day, 100 + (n * 37) % 41 as cars"
                + " from generate_series(0, 199) n");
        postgres.execute("create table weather as select '2024-01-01'::date + 3 * n as day, (n * 7 % 11)::real as rain"
                + " from generate_series(0, 60) n");
        Starter starter = Starter.choose(List.of("iris"), true, null);
        Map<ModelName, byte[]> definitions = new TreeMap<>(starter.definitions());
        definitions.put(
                new ModelName("traffic"), TRAFFIC.formatted(postgres.address()).getBytes(UTF_8));
        Registry.create(shared.resolve("models.git"), new TreeMap<>(definitions), Showcase.ALICE)
                .close();
        for (String model : List.of("iris", "traffic")) {
            Laurel trained = laurel("train", model);
            assertThat(trained.exit()).as(trained.toString()).isZero();
        }
    }

    private static Laurel laurel(Object... arguments) {
        Object[] all = Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--repo";
        all[arguments.length + 1] = shared.resolve("models.git");
        return Laurel.run(all);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static TestDatabase database() {
        return TestDatabase.create();
    }

    @Test
    void aModelOfTwoQueriesIsReproducedFromItsKeptRows() {
        postgres.execute("alter table traffic rename to gone");
        try {
            Laurel reproduced = laurel("reproduce", "traffic", "v1");
            assertThat(reproduced.exit()).as(reproduced.toString()).isZero();

            Laurel trained = laurel("train", "traffic");
            assertThat(trained.exit()).isOne();
            assertThat(trained.toString()).contains("query 1:23: relation \"traffic\" does not exist");
        } finally {
            postgres.execute("alter table gone rename to traffic");
        }
    }

    @Test
    void aFileBecomesRowsOfADatabaseOnce() throws IOException {
        TestDatabase into = database();
        StringBuilder rows = new StringBuilder(IRIS);
        for (int i = 0; i < 5000; i++) {
            rows.append("5.1,3.5,1.4,%s.%s,setosa\n".formatted(i / 1000, i % 1000));
        }
        Path file = write("rows.csv", rows.toString());

        Laurel first = laurel("predict", "iris", "--from", file, "--to", into.address(), "--output", "json");
        Laurel second = laurel("predict", "iris", "--from", file, "--to", into.address(), "--output", "json");

        assertThat(first.out()).contains("\"rows\" : 5000", "\"written\" : 5000");
        assertThat(second.out()).contains("\"rows\" : 5000", "\"written\" : 0");
        assertThat(into.rows("select count(*), count(distinct key), min(batch), min(version), count(probability),"
                        + " min(substr(digest, 1, 7)) from predictions"))
                .containsExactly("5000|5000|rows.csv|1|5000|sha256:");
        assertThat(into.rows("select prediction, probability = (probabilities ->> 'setosa')::double precision from"
                        + " predictions where key = '2'"))
                .containsExactly("setosa|t");
    }

    @Test
    void whatDriftsIsARowForEachColumnAndMeasure() throws IOException {
        TestDatabase into = database();
        StringBuilder rows = new StringBuilder(IRIS);
        for (int i = 0; i < 500; i++) {
            rows.append("5.1,3.5,1.4,0.%s,setosa\n".formatted(1000 + i));
        }
        Path file = write("drifted.csv", rows.toString());

        Laurel first = laurel("drift", "iris", "--input", file, "--to", into.address());
        Laurel second = laurel("drift", "iris", "--input", file, "--to", into.address());

        assertThat(first.exit()).as(first.toString()).isEqualTo(3);
        assertThat(second.exit()).isEqualTo(3);
        assertThat(into.rows(
                        "select measure, batch, version, rows, verdict, value > 0.9, adjusted < 0.001 from drift_metrics"
                                + " where column_name = 'sepal_length' and p_value is not null"))
                .containsExactly("kolmogorov-smirnov|drifted.csv|1|500|drifted|f|t");
        assertThat(into.rows("select column_name from drift_metrics where measure = 'total-variation'"))
                .containsExactly("answers: answer");
        assertThat(into.rows("select count(*) from drift_metrics where measure = 'psi'"))
                .containsExactly("6");
    }

    @Test
    void aBatchThatWasCutOffIsFinishedByTheSameCommand() throws IOException {
        TestDatabase into = database();
        assertThat(laurel("project", "--to", into.address()).exit()).isZero();
        into.execute("create function full_up() returns trigger language plpgsql as $$ begin"
                + " if new.key = '5001' then raise exception 'the disk is full'; end if; return new; end $$");
        into.execute("create trigger full_up before insert on predictions for each row execute function full_up()");
        StringBuilder rows = new StringBuilder(IRIS);
        rows.append("5.1,3.5,1.4,0.2,setosa\n".repeat(6000));
        Path file = write("rows.csv", rows.toString());

        Laurel cut = laurel("predict", "iris", "--from", file, "--to", into.address());
        assertThat(cut.exit()).isOne();
        assertThat(cut.err()).contains("the disk is full").doesNotContain("Exception");
        assertThat(into.rows("select count(*) from predictions"))
                .as("whole chunks only")
                .containsExactly("4096");

        into.execute("drop trigger full_up on predictions");
        Laurel again = laurel("predict", "iris", "--from", file, "--to", into.address());
        assertThat(again.err()).contains("6000 rows, 0 rejected, 1904 new");
        assertThat(into.rows("select count(*), count(distinct key) from predictions"))
                .containsExactly("6000|6000");
    }

    @Test
    void importedRowsArePredictedForByTheirKeys() throws IOException {
        TestDatabase into = database();
        Path file = write("rows.csv", "day,cars,rain\n2024-03-01,10,1\n2024-03-02,12.5,\n2024-03-03,9,2\n");

        Laurel imported = laurel("import", "traffic", "--input", file, "--to", into.address());
        assertThat(imported.out()).startsWith("traffic: 3 rows, 3 new or changed, in database ");
        assertThat(laurel("import", "traffic", "--input", file, "--to", into.address())
                        .out())
                .startsWith("traffic: 3 rows, 0 new or changed");
        assertThat(into.rows("select key, columns ->> 'cars', columns ->> 'rain', target from batch_data order by key"))
                .containsExactly("2024-03-01|10.0|1.0|2.5", "2024-03-02|12.5|null|-3.5", "2024-03-03|9.0|2.0|null");

        Laurel predicted = laurel(
                "predict",
                "traffic",
                "--from",
                into.address(),
                "--to",
                into.address(),
                "--rejected",
                folder.resolve("r"));
        assertThat(predicted.exit()).as(predicted.toString()).isEqualTo(ExitCodes.REJECTED);
        assertThat(into.rows("select key, batch, value is not null and prediction <> '' from predictions order by key"))
                .containsExactly("2024-03-02|batch_data|t", "2024-03-03|batch_data|t");
        assertThat(Files.readString(folder.resolve("r"))).contains("1,\"rows before it: 0");
    }

    @Test
    void rowsWithoutKeysAreImportedOnceEachAndTheirLabelsToo() throws IOException {
        TestDatabase into = database();
        Path file =
                write("rows.csv", IRIS + "5.1,3.5,1.4,0.2,setosa\n5.1,3.5,1.4,0.2,setosa\n6.7,3.0,5.2,2.3,virginica\n");

        assertThat(laurel("import", "iris", "--from", file, "--to", into.address())
                        .out())
                .contains("3 new or changed");
        assertThat(laurel("import", "iris", "--from", file, "--to", into.address())
                        .out())
                .contains("0 new or changed");
        assertThat(into.rows("select label, target from batch_data order by id"))
                .containsExactly("setosa|null", "setosa|null", "virginica|null");

        laurel("predict", "iris", "--from", into.address(), "--to", into.address());
        assertThat(into.rows("select b.label, p.prediction from batch_data b join predictions p on p.key = b.row_digest"
                        + " order by b.id"))
                .containsExactly("setosa|setosa", "setosa|setosa", "virginica|virginica");
    }

    @Test
    void aQueryOrATableGivesTheRows() throws IOException {
        TestDatabase from = database();
        from.execute("create table \"New flowers\" as select 'f' || n as id, 5.1 as sepal_length, 3.5 as sepal_width,"
                + " 1.4 as petal_length, 0.2::real as petal_width, n as other from generate_series(1, 3) n");

        Path file = folder.resolve("predictions.csv");

        Laurel table = laurel(
                "predict", "iris", "--from", from.address(), "--table", "New flowers", "--key", "id", "--to", file);
        assertThat(table.exit()).as(table.toString()).isZero();
        assertThat(table.err()).contains("columns passed over: other");

        Laurel query = laurel(
                "predict",
                "iris",
                "--from",
                from.address(),
                "--query",
                "select * from \"New flowers\" where other < 3 order by id",
                "--key",
                "id",
                "--to",
                file);
        assertThat(query.exit()).as(query.toString()).isZero();
        assertThat(Files.readAllLines(file))
                .hasSize(3)
                .satisfies(lines -> assertThat(lines.get(0)).startsWith("id,prediction,probability,p_setosa,"))
                .satisfies(lines -> assertThat(lines.get(1)).startsWith("f1,setosa,"));
    }

    @Test
    void versionsAreProjectedAgainAtAnyTime() {
        TestDatabase into = database();
        Laurel first = laurel("project", "--to", into.address());
        into.execute("update versions set verdict = 'nonsense'");
        Laurel second = laurel("project", "--to", into.address(), "--output", "json");

        assertThat(first.out()).matches("2 versions of commit [0-9a-f]{10} in database \\S+");
        assertThat(second.out()).contains("\"versions\" : 2");
        assertThat(into.rows("select model, version, verdict, metric, value = (metrics ->> metric)::double precision,"
                        + " champion_in from versions order by model"))
                .containsExactly("iris|1|passed|accuracy|t|{production}", "traffic|1|passed|rmse|t|{production}");
    }

    @Test
    void whatIsWrongIsSaidInALine() throws IOException {
        Path file = write("rows.csv", IRIS);
        String secret = "jdbc:postgresql://db/x?user=a&password=secret";

        assertProblem(
                "database address: one with a password (expected", "predict", "iris", "--from", file, "--to", secret);
        assertProblem(
                "database address: one with a password (expected", "import", "iris", "--from", file, "--to", secret);
        assertProblem("cannot be reached", "project", "--to", "jdbc:postgresql://127.0.0.1:1/x?user=a");
        assertProblem("LAUREL_DATABASE_URL: not set", "project");
        assertProblem(
                "--query: select 1 (expected: an address", "predict", "iris", "--from", file, "--query", "select 1");
        assertProblem(
                "query 1:15: relation \"nothing\" does not exist",
                "predict",
                "iris",
                "--from",
                postgres.address(),
                "--query",
                "select * from nothing");
        assertProblem(
                "column: petal_length (expected: a name of what the query gives, where the nearest is",
                "predict",
                "iris",
                "--from",
                postgres.address(),
                "--table",
                "traffic");
        assertProblem(
                "file: nowhere.csv (expected: a file that can be read)",
                "import",
                "iris",
                "--from",
                "nowhere.csv",
                "--to",
                postgres.address());
    }

    private static void assertProblem(String problem, Object... arguments) {
        Laurel laurel = laurel(arguments);
        assertThat(laurel.exit()).as(laurel.toString()).isOne();
        assertThat(laurel.err())
                .startsWith("laurel: ")
                .contains(problem)
                .doesNotContain("secret")
                .hasLineCount(1);
    }
}
