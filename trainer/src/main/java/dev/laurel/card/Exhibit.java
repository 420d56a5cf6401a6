package dev.laurel.card;

import dev.laurel.evaluation.Metrics;
import dev.laurel.evaluation.Report;
import dev.laurel.judge.Comparison;
import dev.laurel.model.Version;
import dev.laurel.task.Predictions;
import org.jspecify.annotations.Nullable;

/**
 * What a card shows of an evaluation.
 *
 * @param challenger what the version answered on the evaluation rows; absent where it was made elsewhere and its rows are not known
 * @param champion absent where there was none to compare with
 */
public record Exhibit(Report report, @Nullable Predictions challenger, Comparison.@Nullable Champion champion) {

    Version version() {
        return report.version();
    }

    Metrics metrics() {
        return report.challenger().metrics();
    }

    /** Of labels; otherwise of values. */
    boolean isOfLabels() {
        return metrics().confusion() != null;
    }
}
