package dev.laurel.definition;

import dev.laurel.model.Expect;
import dev.laurel.model.LiveEvidence;
import dev.laurel.model.LiveMetric;
import dev.laurel.model.Says;
import dev.laurel.model.Within;
import java.util.Optional;

/** How a champion has to do on rows of which it is known by now what was true. */
@Says("How a champion has to do on rows of which it is known by now what was true.")
public record FeedbackLimit(
        @Says("What is measured: accuracy for labels; mae or rmse for values.")
        LiveMetric metric,

        @Says("Rows that feedback must have been given for, since it became the champion.")
        @Within(from = 1, to = 10_000)
        int minimumRows,

        @Says("The worst value that it may have: the smallest accuracy, or the largest error.")
        @Within(from = 0, to = 1e12)
        double worst) {
    public FeedbackLimit {
        Expect.range("minimum_rows", minimumRows, 1, 10_000);
        Expect.range("worst", worst, 0.0, 1e12);
        Expect.that(
                !metric.isOfLabels() || worst <= 1,
                "metric",
                "accuracy beside worst: " + worst,
                "a worst accuracy of 0..1");
    }

    /** What the champion does not keep; empty while all is well or too little is known. */
    Optional<String> broken(LiveEvidence.Truth known) {
        if (known.rows() < minimumRows || known.metric() != metric) {
            return Optional.empty();
        }
        return metric.worseBy(known.value(), worst) <= 0
                ? Optional.empty()
                : Optional.of("%s: %s on %s rows with feedback (expected: at %s %s)"
                        .formatted(metric, known.value(), known.rows(), metric.isOfLabels() ? "least" : "most", worst));
    }
}
