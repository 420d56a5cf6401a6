package dev.laurel.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.evaluation.Evaluated;
import dev.laurel.evaluation.Metrics;
import dev.laurel.gate.Contest;
import dev.laurel.model.Decision;
import dev.laurel.model.InvalidValueException;
import dev.laurel.model.Metric;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            accuracy | 0.01 | 0.583 | 0.550 | PASSED   | accuracy 0.5830 against 0.5500, gain +0.0330
            accuracy | 0.01 | 0.560 | 0.550 | PASSED   | accuracy 0.5600 against 0.5500, gain +0.0100
            accuracy | 0.01 | 0.559 | 0.550 | REJECTED | accuracy 0.5590 against 0.5500, gain +0.0090 (expected: at least +0.0100)
            accuracy | 0.01 | 0.550 | 0.550 | REJECTED | accuracy 0.5500 against 0.5500, gain +0.0000 (expected: at least +0.0100)
            accuracy | 0.01 | 0.500 | 0.550 | REJECTED | accuracy 0.5000 against 0.5500, gain -0.0500 (expected: at least +0.0100)
            accuracy | 0    | 0.550 | 0.550 | PASSED   | accuracy 0.5500 against 0.5500, gain +0.0000
            accuracy | -0.1 | 0.500 | 0.550 | PASSED   | accuracy 0.5000 against 0.5500, gain -0.0500
            log_loss | 0.01 | 0.600 | 0.690 | PASSED   | log-loss 0.6000 against 0.6900, gain +0.0900
            log_loss | 0.01 | 0.690 | 0.600 | REJECTED | log-loss 0.6900 against 0.6000, gain -0.0900 (expected: at least +0.0100)
            brier    | 0.01 | 0.240 | 0.250 | PASSED   | brier 0.2400 against 0.2500, gain +0.0100
            auc      | 0.01 | 0.700 | 0.600 | PASSED   | auc 0.7000 against 0.6000, gain +0.1000
            auc      | 0.01 | NaN   | 0.600 | REJECTED | auc NaN against 0.6000, gain NaN (expected: at least +0.0100)
            mae      | 0.01 | 0.240 | 0.250 | PASSED   | mae 0.2400 against 0.2500, gain +0.0100
            r2       | 0.01 | 0.240 | 0.250 | REJECTED | r2 0.2400 against 0.2500, gain -0.0100 (expected: at least +0.0100)
            bias     | 0.01 | 0.040 | -0.05 | PASSED   | bias 0.0400 against -0.0500, gain +0.0100
            bias     | 0.01 | -0.06 | 0.050 | REJECTED | bias -0.0600 against 0.0500, gain -0.0100 (expected: at least +0.0100)
            auc      | -1   | 0.600 | NaN   | REJECTED | auc 0.6000 against NaN, gain NaN (expected: at least -1.0000)
            """)
    void comparesChallengerAndChampion(
            String metric,
            double minimumGain,
            double challenger,
            double champion,
            Decision.Verdict verdict,
            String reason) {
        Metric judged = Metric.valueOf(metric.toUpperCase(Locale.ROOT));
        Gate gate = new Gate(judged, minimumGain, 60, Gate.Mode.COMMIT);

        Decision decision = gate.decide(contest(gate, metrics(60, judged, challenger), metrics(60, judged, champion)));

        assertThat(decision.verdict()).isEqualTo(verdict);
        assertThat(decision.reasons()).containsExactly(reason);
    }

    @Test
    void letsTheFirstOneInWithEnoughRows() {
        Gate gate = new Gate(Metric.AUC, 0.01, 60, Gate.Mode.COMMIT);

        assertThat(gate.decide(contest(gate, metrics(60, Metric.AUC, Double.NaN), null)))
                .isEqualTo(Decision.passed("bootstrap: no champion stands"));
    }

    @Test
    void keepsTheFirstOneOutWithTooFewRows() {
        Gate gate = new Gate(Metric.ACCURACY, 0.01, 60, Gate.Mode.COMMIT);

        Decision decision = gate.decide(contest(gate, metrics(59, Metric.ACCURACY, 1), null));

        assertThat(decision.isPassed()).isFalse();
        assertThat(decision.reasons()).containsExactly("evaluated rows: 59 (expected: at least 60)");
    }

    @Test
    void givesEveryReasonOfARejection() {
        Gate gate = new Gate(Metric.ACCURACY, 0.01, 60, Gate.Mode.COMMIT);

        Decision decision =
                gate.decide(contest(gate, metrics(10, Metric.ACCURACY, 0.5), metrics(10, Metric.ACCURACY, 0.5)));

        assertThat(decision.reasons())
                .containsExactly(
                        "evaluated rows: 10 (expected: at least 60)",
                        "accuracy 0.5000 against 0.5000, gain +0.0000 (expected: at least +0.0100)");
    }

    @Test
    void doesNotCompareOverDifferentRows() {
        Gate gate = new Gate(Metric.ACCURACY, 0.01, 10, Gate.Mode.COMMIT);

        assertThatThrownBy(() -> gate.decide(
                        contest(gate, metrics(60, Metric.ACCURACY, 0.9), metrics(61, Metric.ACCURACY, 0.5))))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("champion rows: 61 (expected: the challenger's: 60)");
    }

    private static Contest contest(Gate gate, Metrics challenger, @Nullable Metrics champion) {
        return new Contest(
                gate.metric(),
                new Said(challenger),
                champion == null ? null : new Said(champion),
                challenger,
                Map.of(),
                1,
                null);
    }

    /** The same for whichever rows. */
    private record Said(Metrics metrics) implements Evaluated {
        @Override
        public int rows() {
            return metrics.rows();
        }

        @Override
        public Metrics metrics(int[] rows) {
            return metrics;
        }
    }

    /** Without other metrics, so that judging by the wrong one is noticed. */
    private static Metrics metrics(int rows, Metric metric, double value) {
        return new Metrics(rows, new TreeMap<>(Map.of(metric.toString(), value)), null);
    }
}
