package dev.laurel.feedback;

import dev.laurel.store.LiveScores;
import dev.laurel.store.Tally;
import org.jspecify.annotations.Nullable;

/**
 * What feedback says of champion and challenger, as sums that add up over servers.
 *
 * @param shared whether all servers of the environment say the same, since they have one store
 * @param champion since it last became that
 * @param championBeside on the rows that both answered; absent where nothing is tried, as {@code challengerBeside}
 */
public record LiveFeedback(
        boolean shared,
        Sums champion,
        @Nullable Sums championBeside,
        @Nullable Sums challengerBeside) {

    /**
     * @param right of labels
     * @param absolute the sum of the sizes of errors, of values
     * @param squares the sum of squared errors, of values
     */
    public record Sums(long rows, long right, double absolute, double squares) {
        static Sums of(Tally tally) {
            return new Sums(tally.rows(), tally.right(), tally.absolute(), tally.squares());
        }
    }

    static LiveFeedback of(boolean shared, LiveScores scores, boolean tried) {
        return new LiveFeedback(
                shared,
                Sums.of(scores.champion()),
                tried ? Sums.of(scores.championBeside()) : null,
                tried ? Sums.of(scores.challengerBeside()) : null);
    }
}
