package dev.laurel.judge;

import dev.laurel.evaluation.Interval;
import dev.laurel.model.Environment;
import dev.laurel.model.Metric;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a metric of the champions of an environment fell below a value, on some rows.
 *
 * @param champions that the pin named one after another; {@code trials} of them were evaluated, in that order
 * @param found the first that is below; absent where the newest is not
 * @param before the last before it that is not below; absent where there is none
 * @param skipped versions that could not be evaluated, such as those whose bytes are gone; where they stood between {@code before} and
 *     {@code found}, one of them may have been the first
 */
public record Bisection(
        ModelName model,
        Environment environment,
        Metric metric,
        double below,
        int champions,
        List<Trial> trials,
        @Nullable Trial found,
        @Nullable Trial before,
        List<Skipped> skipped) {
    public Bisection {
        trials = List.copyOf(trials);
        skipped = List.copyOf(skipped);
    }

    /**
     * A champion that was evaluated.
     *
     * @param commit that made it the champion, by {@code author} at {@code time}
     * @param rows that have both its features and a label
     * @param interval of 95 %; absent where there is none
     */
    public record Trial(
            Version version,
            String commit,
            String author,
            Instant time,
            int rows,
            double value,
            @Nullable Interval interval,
            boolean below) {}

    /** A champion that could not be evaluated. */
    public record Skipped(Version version, String commit, String reason) {}
}
