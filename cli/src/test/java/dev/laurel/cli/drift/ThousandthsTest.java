package dev.laurel.cli.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.drift.Attribution.Part;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Shares that people add up. */
class ThousandthsTest {

    /** Each rounded alone would make 1001. */
    @Test
    void givesWhatIsLeftToTheLargestRemainders() {
        assertThat(ExplainDriftCommand.thousandths(parts(0.5007, 0.3006, 0.1005, 0.0982)))
                .containsExactly(501, 301, 100, 98);
    }

    @Test
    void leavesNothingWhereNothingChanged() {
        assertThat(ExplainDriftCommand.thousandths(parts(0, 0))).containsExactly(0, 0);
        assertThat(ExplainDriftCommand.thousandths(List.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 30, 999})
    void addsUpToTheWhole(int count) {
        double[] shares = new Random(count).doubles(count).toArray();
        double sum = Arrays.stream(shares).sum();

        int[] thousandths = ExplainDriftCommand.thousandths(
                parts(Arrays.stream(shares).map(share -> share / sum).toArray()));

        assertThat(Arrays.stream(thousandths).sum()).isEqualTo(1000);
        for (int i = 0; i < count; i++) {
            assertThat(Math.abs(thousandths[i] - 1000 * shares[i] / sum)).isLessThan(1);
        }
    }

    private static List<Part> parts(double... shares) {
        return Arrays.stream(shares)
                .mapToObj(share -> new Part("input", share, share))
                .toList();
    }
}
