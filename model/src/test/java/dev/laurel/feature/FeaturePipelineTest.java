package dev.laurel.feature;

import dev.laurel.table.Table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.Documents;
import dev.laurel.definition.Definition;
import dev.laurel.model.Feature;
import dev.laurel.model.InvalidValueException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FeaturePipelineTest {
    private static final FeaturePipeline PIPELINE = new FeaturePipeline(Documents.DEFINITION);

    @Test
    void computesReturnAveragesAndVolatility() {
        // Returns of the last three rows: 0.25, -0.2, 0.5; their mean 0.55 / 3, sample variance 0.2516666... / 2
        double[] vector = PIPELINE.vector(table(80, 80, 100, 80, 120), 4);

        assertThat(vector).containsExactly(0.5, 100, 92, 0.35472994423);
    }

    @Test
    void takesAReturnOverItsWindow() {
        Definition definition = definition(new Feature("return_2", Feature.Kind.RETURN, "close", 2));

        assertThat(new FeaturePipeline(definition).vector(table(80, 100, 120), 2))
                .containsExactly(0.5);
    }

    @Test
    void seesNoVolatilityInASteadyRise() {
        double[] vector = PIPELINE.vector(table(16, 32, 64, 128, 256), 4);

        assertThat(vector).containsExactly(1, 149.333333333, 99.2, 0);
    }

    @Test
    void readsTheColumnThatAFeatureNames() {
        Definition definition = definition(
                new Feature("a", Feature.Kind.MOVING_AVERAGE, "open", 1),
                new Feature("b", Feature.Kind.MOVING_AVERAGE, "close", 1));
        Table table = new Table("date", List.of("d1"), Map.of("open", new double[] {3}, "close", new double[] {4}));

        assertThat(new FeaturePipeline(definition).vector(table, 0)).containsExactly(3, 4);
    }

    @Test
    void doesNotDependOnWhereTheTableBegins() {
        Table table = walk(200);
        for (int row = PIPELINE.warmUp(); row < table.rows(); row++) {
            Table shorter = table.slice(row - PIPELINE.warmUp(), table.rows());
            assertThat(PIPELINE.vector(shorter, PIPELINE.warmUp())).isEqualTo(PIPELINE.vector(table, row));
        }
    }

    @Test
    void neverLooksAtLaterRows() {
        double[] prices = prices(200);
        Table table = table(prices);
        for (int row = PIPELINE.warmUp(); row < prices.length; row++) {
            double[] otherFuture = prices.clone();
            Arrays.fill(otherFuture, row + 1, prices.length, 1e9);
            assertThat(PIPELINE.vector(table(otherFuture), row)).isEqualTo(PIPELINE.vector(table, row));
        }
    }

    @Test
    void givesAveragesOfTheSamePricesOneValueInWhateverOrderTheyCome() {
        double[] forwards = {9, 9, 281.12, 281.98, 280.3};
        double[] backwards = {9, 9, 280.3, 281.98, 281.12};
        assertThat((281.12 + 281.98 + 280.3) / 3).isNotEqualTo((280.3 + 281.98 + 281.12) / 3);
        FeaturePipeline average =
                new FeaturePipeline(definition(new Feature("average_3", Feature.Kind.MOVING_AVERAGE, "close", 3)));

        assertThat(average.vector(table(forwards), 4)).isEqualTo(average.vector(table(backwards), 4));
    }

    @Test
    void givesNoNegativeZero() {
        FeaturePipeline average =
                new FeaturePipeline(definition(new Feature("value", Feature.Kind.MOVING_AVERAGE, "close", 1)));

        assertThat(Double.doubleToRawLongBits(average.vector(table(-0.0), 0)[0]))
                .isZero();
    }

    @Test
    void needsTheRowsOfTheWarmUp() {
        Table table = walk(10);

        assertThat(PIPELINE.warmUp()).isEqualTo(4);
        assertThatThrownBy(() -> PIPELINE.vector(table, 3))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("row: 3 (expected: 4..9)");
        assertThatThrownBy(() -> PIPELINE.vector(table, 10)).hasMessage("row: 10 (expected: 4..9)");
    }

    @Test
    void saysWhichFeatureIsNotANumberAndWhere() {
        assertThatThrownBy(() -> PIPELINE.vector(table(1, 1, 1, 0, 1), 4))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("return_1 at day-1004: Infinity (expected: a finite number; is close zero there?)");
    }

    @Test
    void saysWhichColumnIsMissing() {
        Table table = new Table("date", List.of("a", "b", "c", "d", "e"), Map.of("open", new double[5]));

        assertThatThrownBy(() -> PIPELINE.vector(table, 4)).hasMessage("column: close (expected: one of [open])");
    }

    private static Table table(double... close) {
        List<String> keys = IntStream.range(0, close.length)
                .mapToObj(row -> "day-" + (1000 + row))
                .toList();
        return new Table("date", keys, Map.of("close", close));
    }

    private static Table walk(int rows) {
        return table(prices(rows));
    }

    private static double[] prices(int rows) {
        Random random = new Random(3);
        return IntStream.range(0, rows)
                .mapToDouble(row -> 50 + random.nextDouble() * 100)
                .toArray();
    }

    private static Definition definition(Feature... features) {
        Definition d = Documents.DEFINITION;
        return new Definition(
                d.model(),
                d.description(),
                d.task(),
                d.schedule(),
                d.source(),
                d.target(),
                List.of(features),
                d.split(),
                d.trainer(),
                d.experiments(),
                d.seed(),
                d.gate(),
                d.retention());
    }
}
