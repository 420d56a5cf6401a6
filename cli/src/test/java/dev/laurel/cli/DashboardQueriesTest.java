package dev.laurel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.laurel.cli.repository.Starter;
import dev.laurel.database.TestDatabase;
import dev.laurel.registry.Registry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The panels of Grafana that ask PostgreSQL: their queries, in a real one, over rows that the commands wrote. */
class DashboardQueriesTest {
    private static final Path DASHBOARDS = Path.of("..", "monitoring", "grafana", "dashboards")
            .toAbsolutePath()
            .normalize();
    private static final String POSTGRESQL = "grafana-postgresql-datasource";
    private static final String COLUMNS = "sepal_length,sepal_width,petal_length,petal_width,species\n";

    @TempDir
    private static Path folder;

    private static TestDatabase database;

    /** A panel with one query, with Grafana's variables and macros in place. */
    private record Panel(String title, String format, String sql) {}

    @BeforeAll
    static void write() throws IOException {
        database = TestDatabase.create();
        Registry.create(
                        folder.resolve("models.git"),
                        new TreeMap<>(
                                Starter.choose(List.of("iris"), true, null).definitions()),
                        Showcase.ALICE)
                .close();
        run(0, "train", "iris", "--offline");
        run(0, "promote", "iris", "v1", "--reason", "for a look");
        Path batch = Files.writeString(folder.resolve("longer-petals.csv"), COLUMNS + longerPetals());
        run(0, "predict", "iris", "--from", batch, "--to", database.address());
        run(3, "drift", "iris", "--input", batch, "--to", database.address());
        run(0, "project", "--to", database.address());
        // What a server with a database writes.
        database.execute("insert into feedback (model, version, digest, role, request_id, predicted, answered_at)"
                + " values ('iris', 1, 'sha256:0', 'champion', 'a', 'setosa', now())");
    }

    private static String longerPetals() {
        Random random = new Random(1);
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            rows.append("%.3f,%.3f,%.3f,%.3f,virginica\n"
                    .formatted(
                            5.8 + random.nextGaussian() / 2,
                            3 + random.nextGaussian() / 3,
                            9 + random.nextGaussian() / 2,
                            1.2 + random.nextGaussian() / 2));
        }
        return rows.toString();
    }

    private static void run(int exit, Object... arguments) {
        Object[] all = Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--repo";
        all[arguments.length + 1] = folder.resolve("models.git");
        Laurel ran = Laurel.run(all);
        assertThat(ran.exit()).as(ran.toString()).isEqualTo(exit);
    }

    private static Stream<Panel> panels() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(DASHBOARDS)) {
            files = all.sorted().toList();
        }
        return files.stream().flatMap(DashboardQueriesTest::panels);
    }

    private static Stream<Panel> panels(Path file) {
        JsonNode dashboard;
        try {
            dashboard = new ObjectMapper().readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Stream.iterate(0, i -> i < dashboard.path("panels").size(), i -> i + 1)
                .map(i -> dashboard.path("panels").get(i))
                .filter(panel -> panel.at("/datasource/type").asText().equals(POSTGRESQL))
                .map(panel -> new Panel(
                        dashboard.path("title").asText() + ": "
                                + panel.path("title").asText(),
                        panel.at("/targets/0/format").asText(),
                        filledIn(panel.at("/targets/0/rawSql").asText())));
    }

    /** As Grafana does: a text of SQL, and a span of time that ends now. */
    private static String filledIn(String sql) {
        return sql.replace("${model:sqlstring}", "'iris'")
                .replaceAll(
                        "\\$__timeFilter\\(([a-z_.]+)\\)",
                        "$1 between now() - interval '1 hour' and now() + interval '1 minute'");
    }

    @TestFactory
    Stream<DynamicTest> thePanelShowsRows() throws IOException {
        return panels().map(panel -> DynamicTest.dynamicTest(panel.title(), () -> {
            assertThat(panel.sql()).doesNotContain("$");
            assertThat(database.rows(panel.sql())).isNotEmpty();
            if (panel.format().equals("time_series")) {
                assertThat(database.rows("select pg_typeof(time), pg_typeof(value) in ('bigint', 'double precision'),"
                                + " pg_typeof(metric) from (" + panel.sql() + ") as panel limit 1"))
                        .containsExactly("timestamp with time zone|t|text");
            }
        }));
    }

    @Test
    void theRowsOfDriftMetricsNameTheColumnThatDriftedInTheirPanel() throws IOException {
        Panel drifted = panels().filter(panel -> panel.title().equals("Laurel: drift: Columns that drifted"))
                .findFirst()
                .orElseThrow();

        assertThat(database.rows("select \"column\" from (" + drifted.sql() + ") as panel"))
                .contains("petal_length")
                .doesNotContain("sepal_width");
    }
}
