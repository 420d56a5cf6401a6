package dev.laurel.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.definition.Gate;
import dev.laurel.model.Decision;
import dev.laurel.model.Metric;
import dev.laurel.task.Classification;
import dev.laurel.task.Predictions;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rules by themselves and within a gate, on 100 rows whose true labels are A and B in turn. */
class RuleTest {
    private static final Classification TASK = new Classification(List.of("A", "B"));
    private static final int ROWS = 100;

    /** Right on 60, on 65 and on 90 rows. */
    private static final Predictions SIXTY = right(row -> row % 10 < 6);

    private static final Predictions SIXTY_FIVE = right(row -> row % 10 < 6 || (row < 50 && row % 10 == 6));
    private static final Predictions NINETY = right(row -> row % 10 != 9);

    @Test
    void aGainMayBeAskedForAsAShare() {
        assertThat(judge(new GainShare(0.05), SIXTY_FIVE, SIXTY).reasons()).isEmpty();
        assertThat(judge(new GainShare(0.1), SIXTY_FIVE, SIXTY).reasons())
                .containsExactly("accuracy 0.6500 against 0.6000, gain +8.33 % (expected: at least +10.00 %)");
    }

    @Test
    void aGainMayHaveToBeSure() {
        assertThat(judge(new Sure(), NINETY, SIXTY).reasons()).isEmpty();
        assertThat(judge(new Sure(), SIXTY, SIXTY).reasons())
                .containsExactly("accuracy: the gain lies within +0.0000..+0.0000 (expected: above 0)");
        assertThat(judge(new Sure(), SIXTY, NINETY).reasons())
                .singleElement()
                .asString()
                .startsWith("accuracy: the gain lies within -0.");
    }

    @Test
    void answersThatNeedNoModelMayBeTheLeastToBeat() {
        assertThat(judge(new BeatsNaive(), NINETY, null).reasons()).isEmpty();
        assertThat(judge(new BeatsNaive(), right(row -> row % 2 == 0), null).reasons())
                .containsExactly("accuracy 0.5000, without a model 0.5000 (expected: better)");
    }

    @Test
    void anotherMetricMayBeALittleWorse() {
        assertThat(judge(new NotWorse(Metric.RECALL, 0.4), SIXTY, NINETY).reasons())
                .isEmpty();
        assertThat(judge(new NotWorse(Metric.LOG_LOSS, 0.1), SIXTY, NINETY).reasons())
                .containsExactly("log-loss 0.6956 against 0.4414 (expected: worse by at most 0.1000)");
    }

    @Test
    void noGroupMayBeMuchWorse() {
        SortedMap<String, int[]> halves = new TreeMap<>(Map.of(
                "old", IntStream.range(0, 50).toArray(),
                "young", IntStream.range(50, 98).toArray(),
                "few", IntStream.range(98, 100).toArray()));
        Predictions goodForTheOld = right(row -> row < 50 || row % 10 < 3);

        RuleFinding finding = judge(new Groups("age", null, 0.1, 30), goodForTheOld, SIXTY, Map.of("age", halves));

        assertThat(finding.reasons())
                .containsExactly(
                        "accuracy of age=young on 48 rows: 0.3125 against 0.6250 (expected: worse by at most 0.1000)");
        assertThat(finding.notes()).containsExactly("groups of age not judged, with fewer than 30 rows: few (2)");
        assertThat(judge(new Groups("age", null, 0.1, 30), SIXTY, SIXTY).reasons())
                .containsExactly(
                        "groups of age: the evaluated rows have no such column (expected: rows of a run that asked for it)");
    }

    @Test
    void fileAndTimeHaveLimits() {
        assertThat(judge(new FileSize(1000), SIXTY, null).reasons()).isEmpty();
        assertThat(judge(new FileSize(999), SIXTY, null).reasons())
                .containsExactly("model file: 1000 bytes (expected: at most 999)");
        assertThat(judge(new Time(20), SIXTY, null).notes())
                .containsExactly("time of an answer: 12.5 microseconds on a machine");
        assertThat(judge(new Time(10), SIXTY, null).reasons())
                .containsExactly("time of an answer: 12.5 microseconds on a machine (expected: at most 10.0)");
    }

    @Test
    void aGateGivesEachReasonAndEachNote() {
        Gate gate = gate(new BeatsNaive(), new FileSize(1), new Time(20), new NotWorse(Metric.AUC, 0));

        Decision decision = gate.decide(contest(SIXTY, NINETY, Map.of()));

        assertThat(decision.isPassed()).isFalse();
        assertThat(decision.reasons())
                .containsExactly(
                        "accuracy 0.6000 against 0.9000, gain -0.3000 (expected: at least +0.0000)",
                        "model file: 1000 bytes (expected: at most 1)",
                        "auc 0.6000 against 0.9000 (expected: worse by at most 0.0000)",
                        "time of an answer: 12.5 microseconds on a machine");
    }

    /** The first version has nobody to be compared with, and has to be good for itself all the same. */
    @Test
    void withoutAChampionOnlyWhatIsSaidOfTheChallengerCounts() {
        Gate gate = gate(new Sure(), new NotWorse(Metric.AUC, 0), new GainShare(1), new BeatsNaive());

        assertThat(gate.decide(contest(NINETY, null, Map.of())))
                .isEqualTo(Decision.passed("bootstrap: no champion stands"));
        assertThat(gate.decide(contest(right(row -> false), null, Map.of())).reasons())
                .containsExactly("accuracy 0.0000, without a model 0.5000 (expected: better)");
    }

    private static Gate gate(Rule... rules) {
        return new Gate(Metric.ACCURACY, 0, 10, Gate.Mode.COMMIT, List.of(rules), null);
    }

    private static RuleFinding judge(Rule rule, Predictions challenger, @Nullable Predictions champion) {
        return judge(rule, challenger, champion, Map.of());
    }

    private static RuleFinding judge(
            Rule rule,
            Predictions challenger,
            @Nullable Predictions champion,
            Map<String, SortedMap<String, int[]>> groups) {
        return rule.judge(contest(challenger, champion, groups));
    }

    private static Contest contest(
            Predictions challenger, @Nullable Predictions champion, Map<String, SortedMap<String, int[]>> groups) {
        return new Contest(
                Metric.ACCURACY,
                challenger,
                champion,
                right(row -> row % 2 == 0).metrics(),
                groups,
                1000,
                new AnswerTime(12.5, "a machine"));
    }

    /** Says 0.7 of the true label on these rows, and 0.3 on the others. */
    private static Predictions right(IntPredicate rows) {
        return new Predictions(
                TASK,
                IntStream.range(0, ROWS).mapToDouble(row -> row % 2).toArray(),
                IntStream.range(0, ROWS)
                        .mapToObj(row -> {
                            double first = rows.test(row) == (row % 2 == 0) ? 0.7 : 0.3;
                            return new double[] {first, 1 - first};
                        })
                        .toArray(double[][]::new));
    }
}
