package dev.laurel.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.Golden;
import dev.laurel.model.ChallengerMode;
import dev.laurel.model.InvalidValueException;
import dev.laurel.model.LiveEvidence;
import dev.laurel.model.LiveEvidence.Feedback;
import dev.laurel.model.LiveEvidence.Side;
import dev.laurel.model.LiveEvidence.Truth;
import dev.laurel.model.LiveMetric;
import dev.laurel.model.Version;
import dev.laurel.yaml.InvalidDocumentException;
import dev.laurel.yaml.Yaml;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiveGateTest {
    private static final Side CHALLENGER = new Side(new Version(2), 1_000, 0, 300);
    private static final Side CHAMPION = new Side(new Version(1), 1_000, 0, 300);

    private static LiveVerdict judge(FeedbackRule rule, @Nullable Feedback feedback) {
        return new LiveGate(ChallengerMode.SHADOW, null, 100, 0, 0, 2, null, rule, null)
                .judge(new LiveEvidence(1, 60, CHALLENGER, CHAMPION, 0, 0, feedback));
    }

    @ParameterizedTest
    @CsvSource({
        "ACCURACY, 0.68, 0.70, true",
        "ACCURACY, 0.67, 0.70, false",
        "ACCURACY, 0.90, 0.70, true",
        "RMSE, 1.02, 1.0, true",
        "RMSE, 1.03, 1.0, false",
        "MAE, 0.5, 1.0, true"
    })
    void aChallengerMayBeWorseByAsMuchAsTheRuleSays(
            LiveMetric metric, double challenger, double champion, boolean passed) {
        LiveVerdict verdict =
                judge(new FeedbackRule(metric, 200, 0.0201), new Feedback(metric, 200, challenger, champion));

        assertThat(verdict).isInstanceOf(passed ? LiveVerdict.Passed.class : LiveVerdict.Failed.class);
        if (verdict instanceof LiveVerdict.Failed failed) {
            assertThat(failed.reasons())
                    .containsExactly("%s: %s against %s on 200 rows with feedback (expected: at most 0.0201 worse)"
                            .formatted(metric, challenger, champion));
        }
    }

    @Test
    void withoutEnoughFeedbackItIsTooEarly() {
        FeedbackRule rule = new FeedbackRule(LiveMetric.ACCURACY, 200, 0);

        assertThat(judge(rule, null))
                .isEqualTo(new LiveVerdict.NotYet("rows with feedback: 0 (expected: at least 200)"));
        assertThat(judge(rule, new Feedback(LiveMetric.ACCURACY, 199, 1, 0)))
                .isEqualTo(new LiveVerdict.NotYet("rows with feedback: 199 (expected: at least 200)"));
        assertThat(judge(rule, new Feedback(LiveMetric.RMSE, 500, 1, 2))).isInstanceOf(LiveVerdict.NotYet.class);
        assertThat(judge(rule, new Feedback(LiveMetric.ACCURACY, 200, 0.75, 0.7)))
                .isInstanceOfSatisfying(
                        LiveVerdict.Passed.class,
                        passed -> assertThat(passed.summary())
                                .endsWith(", accuracy 0.7500 against 0.7000 on 200 rows with feedback"));
    }

    @Test
    void aChampionThatFeedbackSpeaksAgainstBreaksItsLimits() {
        LiveLimits accuracy = new LiveLimits(100, 0, null, new FeedbackLimit(LiveMetric.ACCURACY, 50, 0.6));

        assertThat(accuracy.broken(CHAMPION, null)).isEmpty();
        assertThat(accuracy.broken(CHAMPION, new Truth(LiveMetric.ACCURACY, 49, 0.1)))
                .isEmpty();
        assertThat(accuracy.broken(CHAMPION, new Truth(LiveMetric.ACCURACY, 50, 0.6)))
                .isEmpty();
        assertThat(accuracy.broken(CHAMPION, new Truth(LiveMetric.ACCURACY, 50, 0.58)))
                .containsExactly("accuracy: 0.58 on 50 rows with feedback (expected: at least 0.6)");
        assertThat(new LiveLimits(100, 0, null, new FeedbackLimit(LiveMetric.MAE, 50, 2))
                        .broken(CHAMPION, new Truth(LiveMetric.MAE, 50, 2.5)))
                .containsExactly("mae: 2.5 on 50 rows with feedback (expected: at most 2.0)");
    }

    @Test
    void asksForWhatFeedbackSaysOfSuchATarget() {
        assertThatThrownBy(() -> new FeedbackLimit(LiveMetric.ACCURACY, 1, 1.5))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("metric: accuracy beside worst: 1.5 (expected: a worst accuracy of 0..1)");
        String definition = Golden.text("model.yaml")
                .replaceFirst(
                        "  mode: commit\n",
                        "  mode: commit\n  live: {mode: shadow, minimum_answers: 1, minimum_seconds: 0, extra_errors: 0,"
                                + " p99_factor: 1, feedback: {metric: rmse, minimum_rows: 1, most_worse: 0}}\n");
        assertThatThrownBy(() -> Yaml.read(definition.getBytes(StandardCharsets.UTF_8), "model.yaml", Definition.class))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageContaining("gate.live.feedback.metric: rmse (expected: accuracy, for a target of labels)");
    }
}
