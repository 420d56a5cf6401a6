package dev.laurel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.database.DatabaseException;
import dev.laurel.database.TestDatabase;
import dev.laurel.model.Digest;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StoreTest {
    private static final ModelName IRIS = new ModelName("iris");
    private static final Digest FILE = digest("model file");

    private final TestDatabase postgres = TestDatabase.create();

    private Store open() {
        return Store.open(postgres.address(), Map.of());
    }

    private static Digest digest(String text) {
        return Digest.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Prediction value(String key, double value) {
        return new Prediction(key, String.valueOf(value), value, null, null);
    }

    @Test
    void makesItsTablesOnceBesideThoseOfOthers() {
        postgres.execute("create table theirs (n integer)");
        open().close();
        open().close();

        assertThat(postgres.rows(
                        "select table_name from information_schema.tables where table_schema = 'public' order by 1"))
                .containsExactly(
                        "actuals",
                        "batch_data",
                        "drift_metrics",
                        "feedback",
                        "laurel_schema_history",
                        "predictions",
                        "theirs",
                        "versions");
    }

    @Test
    void leavesATableOfOthersAloneThatHasTheNameOfOneOfItsOwn() {
        postgres.execute("create table predictions (n integer)");

        assertThatThrownBy(this::open)
                .isInstanceOf(DatabaseException.class)
                .hasMessageEndingWith(
                        "relation \"predictions\" already exists and is not Laurel's (expected: a schema without it;"
                                + " currentSchema in the address names another)");
        assertThat(postgres.rows("select count(*) from predictions")).containsExactly("0");
    }

    @Test
    void writesAPredictionOnceAndCorrectsOneThatDiffers() {
        try (Store store = open()) {
            PredictionTable predictions = new PredictionTable(store, IRIS, new Version(2), FILE, "rows.csv");
            Prediction labelled =
                    new Prediction("c", "setosa", null, 0.75, new TreeMap<>(Map.of("setosa", 0.75, "virginica", 0.25)));

            assertThat(predictions.write(List.of(value("a", 1.5), value("b", 2))))
                    .isEqualTo(2);
            assertThat(predictions.write(List.of(value("a", 1.5), value("b", 2.5), labelled)))
                    .isEqualTo(2);
            assertThat(predictions.write(List.of(labelled))).isZero();
            assertThat(predictions.write(List.of())).isZero();
        }

        assertThat(postgres.rows(
                        "select key, version, digest, prediction, value, probability, probabilities ->> 'virginica'"
                                + " from predictions order by key"))
                .containsExactly(
                        "a|2|" + FILE + "|1.5|1.5|null|null",
                        "b|2|" + FILE + "|2.5|2.5|null|null",
                        "c|2|" + FILE + "|setosa|null|0.75|0.25");
    }

    @Test
    void letsTheLaterOfTwoRowsWithOneKeyCount() {
        try (Store store = open()) {
            new PredictionTable(store, IRIS, new Version(1), FILE, "x").write(List.of(value("a", 1), value("a", 2)));
        }

        assertThat(postgres.rows("select value from predictions")).containsExactly("2");
    }

    @Test
    void writesAChunkWholeOrNotAtAll() {
        try (Store store = open()) {
            PredictionTable predictions = new PredictionTable(store, IRIS, new Version(1), FILE, "x");
            postgres.execute("alter table predictions add constraint small check (value < 10)");

            assertThatThrownBy(() -> predictions.write(List.of(value("a", 1), value("b", 11))))
                    .isInstanceOf(DatabaseException.class)
                    .hasMessageContaining("violates check constraint \"small\"");
            assertThat(postgres.rows("select * from predictions")).isEmpty();
            assertThat(predictions.write(List.of(value("a", 1))))
                    .as("the next one")
                    .isOne();
        }
    }

    private static ImportedRow row(@Nullable String key, String content, @Nullable Double target) {
        return new ImportedRow(key, digest(key + content), new TreeMap<>(Map.of("x", content)), target, null);
    }

    @Test
    void keepsARowOnceAndItsTrueAnswerOnceKnown() {
        try (Store store = open()) {
            ImportedRows rows = new ImportedRows(store, IRIS, true);

            assertThat(rows.write(List.of(row("1", "a", 0.5), row("2", "b", null))))
                    .isEqualTo(2);
            assertThat(rows.write(List.of(row("1", "a", null), row("2", "b", 0.25))))
                    .as("learned")
                    .isOne();
            assertThat(rows.write(List.of(row("1", "a", 0.5), row("2", "b", 0.25))))
                    .isZero();
            assertThat(rows.write(List.of(row("2", "c", null)))).as("corrected").isOne();
        }

        assertThat(postgres.rows("select key, columns ->> 'x', target from batch_data order by key"))
                .containsExactly("1|a|0.5", "2|c|null");
    }

    @Test
    void knowsRowsWithoutKeysByTheirContent() {
        try (Store store = open()) {
            ImportedRows rows = new ImportedRows(store, IRIS, false);

            assertThat(rows.write(List.of(row(null, "a", 1.0), row(null, "b", 1.0))))
                    .isEqualTo(2);
            assertThat(rows.write(List.of(row(null, "b", 1.0), row(null, "c", 1.0))))
                    .isOne();
        }

        assertThat(postgres.rows("select columns ->> 'x' from batch_data order by id"))
                .containsExactly("a", "b", "c");
    }

    @Test
    void keepsWhatWasMeasuredOfABatchLast() {
        try (Store store = open()) {
            DriftMetrics metrics = new DriftMetrics(store, IRIS, new Version(3), FILE);
            metrics.write(
                    "may",
                    Instant.parse("2026-05-31T00:00:00Z"),
                    List.of(
                            new DriftMetric("x", "psi", 0.3, null, null, 50, "drift"),
                            new DriftMetric("x", "missing", 0.5, null, null, 50, "drift")));
            metrics.write(
                    "may",
                    Instant.parse("2026-06-01T00:00:00Z"),
                    List.of(
                            new DriftMetric("x", "psi", 0.1, null, null, 100, "none"),
                            new DriftMetric("x", "kolmogorov-smirnov", 0.2, 0.01, 0.02, 100, "drift")));
        }

        assertThat(postgres.rows("select version, batch, column_name, measure, value, p_value, adjusted, rows, verdict,"
                        + " computed_at at time zone 'UTC' from drift_metrics order by measure"))
                .containsExactly(
                        "3|may|x|kolmogorov-smirnov|0.2|0.01|0.02|100|drift|2026-06-01 00:00:00",
                        "3|may|x|psi|0.1|null|null|100|none|2026-06-01 00:00:00");
    }

    @Test
    void projectsVersionsInThePlaceOfThoseBefore() {
        ProjectedVersion first = projected(1, List.of());
        try (Store store = open()) {
            ProjectedVersions versions = new ProjectedVersions(store);
            versions.replace("c1", List.of(first, projected(2, List.of("production"))));
            versions.replace("c2", List.of(projected(2, List.of("production", "staging"))));
        }

        assertThat(postgres.rows("select model, version, metrics ->> 'accuracy', champion_in, commit from versions"))
                .containsExactly("iris|2|0.9|{production,staging}|c2");
    }

    private static ProjectedVersion projected(int version, List<String> championIn) {
        return new ProjectedVersion(
                IRIS,
                new Version(version),
                FILE,
                1234,
                Instant.parse("2026-05-31T00:00:00Z"),
                null,
                "passed",
                "accuracy",
                0.9,
                Map.of("accuracy", 0.9),
                championIn);
    }
}
