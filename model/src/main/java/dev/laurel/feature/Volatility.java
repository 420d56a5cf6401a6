package dev.laurel.feature;

import dev.laurel.model.Says;
import dev.laurel.model.Within;
import dev.laurel.table.Table;
import java.util.List;

/**
 * The sample standard deviation (divisor {@code w-1}) of the last {@code w} one-row returns, a share.
 */
@Says("The sample standard deviation of the last w one-row returns, a share.")
public record Volatility(
        String name,
        @Says("The column of numbers that it reads.") String column,

        @Says("w, the number of returns.") @Within(from = 2, to = LONGEST_WINDOW)
        int window)
        implements Feature {
    public Volatility {
        Feature.check(name, column);
        Feature.checkWindow(window, 2);
    }

    @Override
    public List<String> numbers() {
        return List.of(column);
    }

    @Override
    public int warmUp() {
        return window;
    }

    @Override
    public void compute(Table table, int row, State state, double[] into, int at) {
        double[] x = table.numbers(column);
        double mean = 0;
        for (int i = row - window + 1; i <= row; i++) {
            mean += (x[i] / x[i - 1] - 1) / window;
        }
        double squares = 0;
        for (int i = row - window + 1; i <= row; i++) {
            double deviation = x[i] / x[i - 1] - 1 - mean;
            squares += deviation * deviation;
        }
        into[at] = Math.sqrt(squares / (window - 1));
    }
}
