package dev.laurel.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.laurel.cli.repository.Starter;
import dev.laurel.database.TestDatabase;
import dev.laurel.registry.Registry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flows of real commands, on a real PostgreSQL. */
class FlowTest {
    private static final String ROWS = """
            sepal_length,sepal_width,petal_length,petal_width,species
            5.1,3.5,1.4,0.2,setosa
            6.7,3.0,5.2,2.3,virginica
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void models() {
        Starter starter = Starter.choose(List.of("iris"), true, null);
        Registry.create(folder.resolve("models.git"), new TreeMap<>(starter.definitions()), Showcase.ALICE)
                .close();
    }

    private Laurel run(String flow, Object... options) throws IOException {
        Path file = Files.writeString(folder.resolve("flow.yaml"), flow.replace("FOLDER", folder.toString()));
        Object[] all = Arrays.copyOf(options, options.length + 4);
        all[options.length] = "run";
        all[options.length + 1] = file;
        all[options.length + 2] = "--repo";
        all[options.length + 3] = folder.resolve("models.git");
        return Laurel.run(all);
    }

    private Laurel runForPrograms(String flow) throws IOException {
        Path file = Files.writeString(folder.resolve("flow.yaml"), flow.replace("FOLDER", folder.toString()));
        return Laurel.run("run", file, "--output", "json", "--repo", folder.resolve("models.git"));
    }

    @Test
    void runsItsStepsInOrderOnTheNewestFileAndReportsThem() throws IOException {
        TestDatabase database = TestDatabase.create();
        Files.writeString(folder.resolve("rows-2026-01.csv"), "not to be read");
        Files.writeString(folder.resolve("rows-2026-02.csv"), ROWS);
        String flow = """
                flow: flowers
                files:
                  rows: FOLDER/rows-*.csv
                steps:
                  - name: import
                    run: import iris --from ${rows} --to ADDRESS
                  - name: train
                    run: train iris --offline
                  - name: predict
                    run: predict iris --from ${rows} --to ADDRESS
                  - name: drift
                    run: drift iris --input ${rows} --to ADDRESS --output-file "FOLDER/a report.yaml"
                    accept: [3, 4]
                  - name: project
                    run: project --to ADDRESS
                """.replace("ADDRESS", database.address());

        Laurel ran = runForPrograms(flow);

        assertThat(ran.exit()).as(ran.toString()).isZero();
        JsonNode report = new ObjectMapper().readTree(ran.out());
        assertThat(report.at("/outcome").asText()).isEqualTo("done");
        assertThat(report.at("/steps"))
                .extracting(step -> step.path("outcome").asText())
                .containsExactly("done", "done", "done", "accepted", "done");
        assertThat(report.at("/steps/0/result/written").asInt()).isEqualTo(2);
        assertThat(report.at("/steps/1/result/promotion").asText()).isEqualTo("promoted");
        assertThat(report.at("/steps/2/result/rows").asInt()).isEqualTo(2);
        assertThat(report.at("/steps/3/exit").asInt()).isEqualTo(4);
        assertThat(database.rows("select batch, prediction from predictions order by key"))
                .containsExactly("rows-2026-02.csv|setosa", "rows-2026-02.csv|virginica");
        assertThat(database.rows("select model, champion_in from versions")).containsExactly("iris|{production}");
        assertThat(folder.resolve("a report.yaml")).isRegularFile();

        Files.writeString(folder.resolve("rows-2026-03.csv"), ROWS);
        assertThat(run(flow).out())
                .contains("step 1 of 5, import: laurel import iris --from " + folder.resolve("rows-2026-03.csv"));
    }

    @Test
    void aStepThatFailsTwiceAndThenWorksIsDone() throws IOException {
        TestDatabase database = TestDatabase.create();
        Files.writeString(folder.resolve("rows.csv"), ROWS);
        assertThat(Laurel.run("train", "iris", "--offline", "--repo", folder.resolve("models.git"))
                        .exit())
                .isZero();
        assertThat(Laurel.run("project", "--to", database.address(), "--repo", folder.resolve("models.git"))
                        .exit())
                .isZero();
        // A sequence goes on although its transaction is rolled back.
        database.execute("create sequence tries");
        database.execute("create function busy() returns trigger language plpgsql as $$ begin"
                + " if nextval('tries') < 3 then raise exception 'the disk is full'; end if; return new; end $$");
        database.execute("create trigger busy before insert on predictions for each statement execute function busy()");
        String flow = """
                flow: flowers
                steps:
                  - name: predict
                    run: predict iris --from FOLDER/rows.csv --to ADDRESS
                    retries: RETRIES
                    wait_seconds: 0
                  - name: project
                    run: project --to ADDRESS
                """.replace("ADDRESS", database.address());

        Laurel gaveUp = run(flow.replace("RETRIES", "1"));

        assertThat(gaveUp.exit()).isOne();
        assertThat(gaveUp.out())
                .contains(
                        "again in 0 s (1 of 1)",
                        "predict: failed, exit code 1, 2 attempts",
                        "the disk is full",
                        "project: skipped");
        assertThat(database.rows("select count(*) from predictions")).containsExactly("0");

        database.execute("alter sequence tries restart");
        Laurel ran = run(flow.replace("RETRIES", "5"));

        assertThat(ran.exit()).as(ran.toString()).isZero();
        assertThat(ran.out())
                .contains("again in 0 s (2 of 5)", "predict: done, 3 attempts")
                .doesNotContain("(3 of 5)");
        assertThat(database.rows("select count(*) from predictions")).containsExactly("2");
    }

    @Test
    void theFirstFailureIsTheCodeOfTheFlowAndIsNotTriedAgainWhereItIsAnAnswer() throws IOException {
        Files.writeString(folder.resolve("rows.csv"), ROWS + "5.1,,1.4,oops,setosa\n");

        Laurel ran = runForPrograms("""
                flow: flowers
                steps:
                  - name: train
                    run: train iris --offline
                  - name: predict
                    run: predict iris --from FOLDER/rows.csv --to FOLDER/predictions.csv
                    retries: 5
                  - name: verify
                    run: verify
                """);

        assertThat(ran.exit()).isEqualTo(3);
        JsonNode report = new ObjectMapper().readTree(ran.out());
        assertThat(report.at("/exit").asInt()).isEqualTo(3);
        assertThat(report.at("/steps/1/attempts").asInt()).isOne();
        assertThat(report.at("/steps/1/result/rejected").asInt()).isOne();
        assertThat(report.at("/steps/2/outcome").asText()).isEqualTo("skipped");
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnceBeforeTheFirstStepBegins() throws IOException {
        TestDatabase database = TestDatabase.create();

        Laurel ran = run("""
                flow: flowers
                files:
                  rows: FOLDER/rows-*.csv
                steps:
                  - name: train
                    run: trian iris
                  - name: predict
                    run: predict iris --from ${rows} --too FOLDER/x.csv
                  - name: batch
                    run: predict iris --from ADDRESS --to FOLDER/p.csv
                  - name: again
                    run: drift iris --input FOLDER/q.csv
                  - name: import
                    run: import iris --from FOLDER/p.csv --to ADDRESS
                  - name: unknown
                    run: import tulip --from ${nothing} --to ADDRESS
                  - name: rose
                    run: train rose
                  - name: streams
                    run: predict iris v1 --from - --query 'select 1
                  - name: really
                    run: train iris
                """.replace("ADDRESS", database.address()));

        assertThat(ran.exit()).isOne();
        assertThat(ran.out()
                        .lines()
                        .map(line -> line.replace(folder.toString(), "FOLDER").replace(database.address(), "ADDRESS")))
                .containsExactlyInAnyOrder(
                        "FOLDER/flow.yaml:3:9: files.rows: FOLDER/rows-*.csv (expected: a file that is there)",
                        "FOLDER/flow.yaml:6:10: step 'train': command: trian (expected: one of import, train, predict, drift, explain-drift, promote, project, verify, gc; did you mean train?)",
                        "FOLDER/flow.yaml:8:10: step 'predict': argument: --too FOLDER/x.csv (expected: what 'laurel predict --help' lists; did you mean --to?)",
                        "FOLDER/flow.yaml:10:10: step 'batch': needs a champion of iris in production, which step 'really' after it makes (expected: that step before it)",
                        "FOLDER/flow.yaml:10:10: step 'batch': needs imported rows of iris, which step 'import' after it makes (expected: that step before it)",
                        "FOLDER/flow.yaml:12:10: step 'again': needs the file FOLDER/q.csv, which is not there (expected: it, or a step before that makes it)",
                        "FOLDER/flow.yaml:12:10: step 'again': needs a champion of iris in production, which step 'really' after it makes (expected: that step before it)",
                        "FOLDER/flow.yaml:16:10: step 'unknown': ${nothing}: not set (expected: the variable nothing in the environment, or one of the files: rows)",
                        "FOLDER/flow.yaml:18:10: step 'rose': model: rose (expected: one of iris)",
                        "FOLDER/flow.yaml:20:10: step 'streams': quote: ' (expected: one that is closed again)");
        assertThat(database.rows("select count(*) from pg_tables where schemaname = 'public'"))
                .as("nothing was begun")
                .containsExactly("0");
    }

    @Test
    void aVersionThatIsNotThereIsSaidUnlessAStepBeforeMayMakeIt() throws IOException {
        Files.writeString(folder.resolve("rows.csv"), ROWS);
        assertThat(Laurel.run("train", "iris", "--offline", "--repo", folder.resolve("models.git"))
                        .exit())
                .isZero();
        String flow = """
                flow: flowers
                steps:
                  - name: predict
                    run: predict iris v9 --from FOLDER/rows.csv --to FOLDER/p.csv
                """;

        Laurel ran = run(flow);

        assertThat(ran.exit()).isOne();
        assertThat(ran.out())
                .endsWith(
                        "step 'predict': version: v9 of iris (expected: one of those that 'laurel versions iris' lists)");
        Laurel trains = run(flow.replace("steps:\n", """
                steps:
                  - name: train
                    run: train iris --offline
                """));
        assertThat(trains.out()).doesNotContain("'laurel versions iris'");
        assertThat(run(flow.replace("v9", "v1")).exit()).isZero();
    }

    @Test
    void whatIsWrongWithItsFormIsSaidLikeOfADefinition() throws IOException {
        Laurel ran = run("""
                flow: flowers
                stepps: []
                steps:
                  - name: Train
                    run: train iris
                    retries: 50
                  - name: gc
                    runs: gc
                """);

        assertThat(ran.exit()).isOne();
        assertThat(ran.out().lines().map(line -> line.replace(folder.toString(), "")))
                .anySatisfy(line -> assertThat(line).contains("flow.yaml:2:1: stepps: unknown key"))
                .anySatisfy(line -> assertThat(line).contains("flow.yaml:6:14: steps[0].retries: 50"))
                .anySatisfy(line ->
                        assertThat(line).contains("flow.yaml:8:5: steps[1].runs: unknown key", "did you mean run?"));
    }

    @Test
    void standardInputAndOutputAreNoPlacesForAFlow() throws IOException {
        Laurel ran = run("""
                flow: flowers
                steps:
                  - name: train
                    run: train iris
                  - name: predict
                    run: predict iris --from -
                """, "--debug");

        assertThat(ran.exit()).isOne();
        assertThat(ran.out())
                .contains(
                        "step 'predict': --input: - (expected: a file or a database",
                        "step 'predict': --to: - (expected:");
    }

    @Test
    void valuesOfTheEnvironmentAreNotPrinted() throws IOException {
        String secret = System.getenv("PATH");

        Laurel ran = runForPrograms("""
                flow: flowers
                steps:
                  - name: verify
                    run: verify --output=json ${PATH}
                """);

        // No commit has that name.
        assertThat(ran.exit()).isOne();
        assertThat(ran.err().lines().findFirst().orElseThrow())
                .isEqualTo("step 1 of 1, verify: laurel verify --output=json ${PATH}");
        assertThat(ran.out()).contains("\"exit\" : 1");
        assertThat(secret).isNotEmpty();
    }

    @Test
    void aPathWithAZeroIsRefusedInWords() throws IOException {
        Laurel ran = run("""
                flow: flowers
                files: {rows: "a\\0b"}
                steps:
                  - {name: verify, run: "verify"}
                  - {name: predict, run: "predict iris --from 'a\\0b' --to FOLDER/c.csv"}
                """);

        assertThat(ran.exit()).isOne();
        assertThat(ran.err() + ran.out())
                .contains("(expected: a path)", "(expected: one without zeros)")
                .doesNotContain("mistake");
    }

    @Test
    void theExampleIsRightAndItsSchemaKnowsIt() throws IOException {
        String schema = Laurel.run("run", "--schema").out();
        String example = Files.readString(Path.of("../examples/flow.yaml"), UTF_8);

        assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
                        .getSchema(schema)
                        .validate(example, InputFormat.YAML))
                .isEmpty();
        assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
                        .getSchema(schema)
                        .validate(example.replace("retries:", "retrys:"), InputFormat.YAML))
                .isNotEmpty();
    }
}
