package dev.laurel.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.table.Column;
import dev.laurel.table.Table;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Values are rounded to 12 significant digits, by a short way where they have no more. */
class RoundingTest {
    @Test
    void theShortWayGivesWhatTheLongOneGives() {
        Random random = new Random(7);
        double[] values = new double[200_000];
        for (int i = 0; i < values.length; i++) {
            double scale = Math.pow(10, random.nextInt(20) - 10);
            double any = (random.nextDouble() - 0.5) * scale;
            values[i] = switch (i % 4) {
                case 0 -> any;
                case 1 ->
                    BigDecimal.valueOf(random.nextLong(), random.nextInt(20)).doubleValue();
                case 2 -> random.nextInt(10_000_000) / Math.pow(10, random.nextInt(8));
                default -> Math.nextUp(random.nextInt(1_000_000) / 1000.0);
            };
        }
        FittedFeatures features =
                FittedFeatures.fit(List.of(new ColumnFeature("x", "x")), List.of(), table(values), new int[] {0});
        Table table = features.filled(table(values));
        double[] vector = new double[1];
        for (int row = 0; row < values.length; row++) {
            features.vector(table, row, vector);
            assertThat(vector[0])
                    .isEqualTo(new BigDecimal(values[row], new MathContext(12)).doubleValue())
                    .isEqualTo(features.vector(table, row)[0]);
        }
    }

    private static Table table(double[] values) {
        return Table.unkeyed(values.length, Map.of("x", new Column.Numbers(values)));
    }
}
