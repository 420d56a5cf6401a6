package dev.laurel.gate;

import dev.laurel.evaluation.Evaluated;
import dev.laurel.evaluation.Metrics;
import dev.laurel.model.Expect;
import dev.laurel.model.Metric;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a challenger and its champion when a gate decides.
 *
 * @param metric the gate's
 * @param challenger its answers for the evaluation rows
 * @param champion its answers for the very same rows; absent where no champion stands yet
 * @param naive what answers that need no model come to on these rows
 * @param groups the evaluation rows of each word, by their places among them, by the column; without columns that these rows do not have
 * @param size of the challenger's model file, in bytes
 * @param time how long an answer takes; absent where no rule asks for it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Contest(
        Metric metric,
        Evaluated challenger,
        @Nullable Evaluated champion,
        Metrics naive,
        Map<String, SortedMap<String, int[]>> groups,
        long size,
        @Nullable AnswerTime time) {
    /** 0.56 - 0.55 is a little less than 0.01 in floating point and is meant to be a gain of 0.01. */
    static final double ROUNDING = 1e-9;

    public Contest {
        if (champion != null) {
            Expect.that(
                    challenger.rows() == champion.rows(),
                    "champion rows",
                    champion.rows(),
                    "the challenger's: " + challenger.rows());
        }
    }

    /** @throws IllegalStateException where no champion stands */
    Evaluated opponent() {
        Evaluated opponent = champion;
        if (opponent == null) {
            throw new IllegalStateException("a rule of both is asked where both stand");
        }
        return opponent;
    }
}
