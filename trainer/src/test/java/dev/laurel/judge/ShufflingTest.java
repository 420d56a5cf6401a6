package dev.laurel.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.definition.Definition;
import dev.laurel.evaluation.Importance;
import dev.laurel.evaluation.Interval;
import dev.laurel.model.Metric;
import dev.laurel.sample.Sample;
import dev.laurel.search.Effort;
import dev.laurel.search.SearchOutcome;
import dev.laurel.split.Sides;
import dev.laurel.table.Column;
import dev.laurel.table.Table;
import dev.laurel.yaml.Yaml;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rows of which two columns say the value, one of them three times as much, and one says nothing. */
class ShufflingTest {
    private static final int ROWS = 400;

    private final Contender model;
    private final Sample sample;

    ShufflingTest() {
        Definition definition = definition("large", "small", "noise");
        Table table = table(definition);
        Sides sides = definition.sides(table);
        model = Contender.of(SearchOutcome.run(definition, table, sides, Effort.full(), result -> {})
                .modelFile());
        sample = model.sample(table, sides.evaluation());
    }

    @Test
    void findsWhatTheModelLeansOnAndHowSureThatIs() {
        Importance importance = importance(sample);

        assertThat(importance.features())
                .extracting(Importance.Loss::feature)
                .containsExactly("large", "small", "noise");
        // By a shuffle an error of 3 * (x - y) comes in, with x and y independent and of variance 1.
        assertThat(importance.features().get(0).loss()).isBetween(3.5, 5.0);
        assertThat(importance.features().get(1).loss()).isBetween(1.0, 1.8);
        assertThat(importance.features().get(2).loss()).isBetween(-0.01, 0.01);
        assertThat(interval(importance, 0).low()).isPositive();
        assertThat(interval(importance, 0).high())
                .isGreaterThan(importance.features().get(0).loss());
        assertThat(importance.rows()).isEqualTo(sample.truth().length);
        assertThat(importance.leftOut()).isZero();
    }

    @Test
    void isAlwaysTheSame() {
        assertThat(importance(sample)).isEqualTo(importance(sample));
    }

    /** The same rows many times over say the same, from a share of them. */
    @Test
    void thinsOutManyRows() {
        double[][] vectors = IntStream.range(0, 40)
                .boxed()
                .flatMap(time -> Arrays.stream(sample.vectors()))
                .toArray(double[][]::new);
        double[] truth = IntStream.range(0, 40)
                .boxed()
                .flatMapToDouble(time -> Arrays.stream(sample.truth()))
                .toArray();

        Importance importance = importance(new Sample(vectors, truth));

        assertThat(importance.rows()).isEqualTo(1_000);
        assertThat(importance.features().get(0).loss()).isBetween(3.5, 5.0);
    }

    @Test
    void isNoneWhereTheMetricIsNotDefined() {
        assertThat(Shuffling.importance(model, Metric.AUC, sample)).isNull();
    }

    private Importance importance(Sample rows) {
        return Objects.requireNonNull(Shuffling.importance(model, Metric.RMSE, rows));
    }

    private static Interval interval(Importance importance, int place) {
        return Objects.requireNonNull(importance.features().get(place).interval());
    }

    private static Table table(Definition definition) {
        Random random = new Random(3);
        Map<String, double[]> columns = new LinkedHashMap<>();
        List.of("large", "small", "noise")
                .forEach(column -> columns.put(
                        column,
                        random.doubles(ROWS, 0, 1).map(x -> Math.sqrt(12) * x).toArray()));
        columns.put(
                "value",
                IntStream.range(0, ROWS)
                        .mapToDouble(row -> 3 * columns.get("large")[row] + columns.get("small")[row])
                        .toArray());
        Map<String, Column> numbers = new LinkedHashMap<>();
        columns.forEach((name, values) -> numbers.put(name, new Column.Numbers(values)));
        return Table.unkeyed(ROWS, numbers);
    }

    private static Definition definition(String... columns) {
        StringBuilder features = new StringBuilder();
        for (String column : columns) {
            features.append("  - {name: %s, kind: column, column: %s}\n".formatted(column, column));
        }
        return Yaml.read("""
                model: made-up
                description: A value of two columns.
                source: {kind: bundled, name: iris}
                target: {kind: value, column: value, horizon: 0, unit: m}
                features:
                %ssplit: {kind: hashed, training: 0.5, validation: 0.25, evaluation: 0.25}
                trainer: {kind: linear}
                seed: 1
                gate: {metric: rmse, minimum_gain: 0, minimum_rows: 20, mode: commit}
                """.formatted(features).getBytes(StandardCharsets.UTF_8), "model.yaml", Definition.class);
    }
}
