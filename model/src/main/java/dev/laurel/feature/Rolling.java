package dev.laurel.feature;

import dev.laurel.model.Says;
import dev.laurel.model.Within;
import dev.laurel.table.Statistics;
import dev.laurel.table.Table;
import java.util.Arrays;
import java.util.List;

/**
 * A statistic of {@code x[t-w+1..t]}, in the unit of the column; the standard deviation is that of a sample, with the divisor {@code w-1}.
 */
@Says("A statistic of x[t-w+1..t], in the unit of the column.")
public record Rolling(
        String name,
        @Says("The column of numbers that it reads.") String column,

        @Says("w, the number of values.") @Within(from = 2, to = LONGEST_WINDOW)
        int window,

        @Says("What is computed of them.") Statistic statistic)
        implements Feature {
    /** What is computed of the values. */
    public enum Statistic {
        @Says("The standard deviation of a sample, with the divisor w-1.")
        STANDARD_DEVIATION,
        @Says("The least value.")
        MINIMUM,
        @Says("The greatest value.")
        MAXIMUM,
        @Says("The value in the middle.")
        MEDIAN
    }

    public Rolling {
        Feature.check(name, column);
        Feature.checkWindow(window, 2);
    }

    @Override
    public List<String> numbers() {
        return List.of(column);
    }

    @Override
    public int warmUp() {
        return window - 1;
    }

    @Override
    public void compute(Table table, int row, State state, double[] into, int at) {
        double[] values = Arrays.copyOfRange(table.numbers(column), row - window + 1, row + 1);
        into[at] = switch (statistic) {
            case STANDARD_DEVIATION -> Statistics.standardDeviation(values);
            case MINIMUM -> Arrays.stream(values).reduce(values[0], Math::min);
            case MAXIMUM -> Arrays.stream(values).reduce(values[0], Math::max);
            case MEDIAN -> {
                // NaN sorts last, and would be passed over.
                double any = Arrays.stream(values).sum();
                Arrays.sort(values);
                yield Double.isNaN(any) ? any : Statistics.quantile(values, 0.5);
            }
        };
    }
}
