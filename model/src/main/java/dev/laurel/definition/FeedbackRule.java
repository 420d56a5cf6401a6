package dev.laurel.definition;

import dev.laurel.model.Expect;
import dev.laurel.model.LiveEvidence;
import dev.laurel.model.LiveMetric;
import dev.laurel.model.Says;
import dev.laurel.model.Within;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a challenger has to do on rows of which it is known by now what was true. */
@Says("How a challenger has to do on rows of which it is known by now what was true.")
public record FeedbackRule(
        @Says("What is compared: accuracy for labels; mae or rmse for values.")
        LiveMetric metric,

        @Says("Rows that both must have answered and that feedback must have been given for.")
        @Within(from = 1, to = 10_000)
        int minimumRows,

        @Says("By how much it may be worse than the champion on the very same rows, in the unit of the metric.")
        @Within(from = 0, to = 1e12)
        double mostWorse) {
    public FeedbackRule {
        Expect.range("minimum_rows", minimumRows, 1, 10_000);
        Expect.range("most_worse", mostWorse, 0.0, 1e12);
    }

    /** What is missing before it can be judged. */
    Optional<String> missing(LiveEvidence.@Nullable Feedback known) {
        long rows = known == null || known.metric() != metric ? 0 : known.rows();
        return rows >= minimumRows
                ? Optional.empty()
                : Optional.of("rows with feedback: %s (expected: at least %s)".formatted(rows, minimumRows));
    }

    /** What the challenger does not keep. */
    Optional<String> broken(LiveEvidence.Feedback known) {
        return metric.worseBy(known.challenger(), known.champion()) <= mostWorse
                ? Optional.empty()
                : Optional.of("%s: %s against %s on %s rows with feedback (expected: at most %s worse)"
                        .formatted(metric, known.challenger(), known.champion(), known.rows(), mostWorse));
    }
}
