package dev.laurel.split;

import dev.laurel.model.Expect;
import dev.laurel.table.Table;
import java.time.LocalDate;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How rows are divided into those that teach, those that choose and those that judge. Between two sides that follow one another in time as
 * many rows are left out as the target looks ahead, so that no true answer reaches into the next side.
 *
 * <p>A new kind is a record in this package, its name in this list and in that of {@code dev.laurel.yaml.Kinds}.
 */
public sealed interface Split permits Chronological, Hashed, Rolling, WalkForward {
    /** @throws dev.laurel.model.InvalidValueException when there are too few rows */
    Sides sides(Extent extent);

    /** For people: {@code training 500, validation 60, evaluation 60 rows}. */
    String described();

    /** What the model that is kept learned from, where these are not just the training rows of its report: sentences, or nothing. */
    default String kept() {
        return "";
    }

    /** Whether a row's side follows from what it holds, and not from where it stands. */
    default boolean isByContent() {
        return false;
    }

    /**
     * The columns that a row's side follows from, where it follows from what the row holds.
     *
     * @param columns all that a definition asks for
     */
    default Set<String> sidesFollowFrom(Set<String> columns) {
        return Set.of();
    }

    /** Rows of words that it reads. */
    default Set<String> words() {
        return Set.of();
    }

    /** How many rows a run needs, up to its clock; empty where it takes all. */
    default OptionalInt neededRows(int warmUp, int horizon) {
        return OptionalInt.empty();
    }

    /** The day that a run with no version before it looks at as its newest; null where that is the newest of all. */
    default @Nullable LocalDate anchor() {
        return null;
    }

    /** How often each experiment is measured, on rows that follow one another. */
    default int folds() {
        return 1;
    }

    /** At least how many rows judge; 0 where that follows from the source. */
    default int leastEvaluation() {
        return 0;
    }

    /**
     * The place of the newest row that a run may know.
     *
     * @param before the clock of the newest version; null where there is no version yet
     */
    default int clock(Table table, @Nullable String before) {
        return table.rows() - 1;
    }

    static int[] expectRows(String side, int[] rows, int least) {
        Expect.that(
                rows.length >= least,
                side + " rows",
                rows.length,
                "at least %s; the source has too few".formatted(least));
        return rows;
    }

    static String percent(double training, double validation, double evaluation) {
        return "training %s %%, validation %s %%, evaluation %s %%"
                .formatted(Math.round(100 * training), Math.round(100 * validation), Math.round(100 * evaluation));
    }

    static void checkShares(double training, double validation, double evaluation) {
        share("training", training);
        share("validation", validation);
        share("evaluation", evaluation);
        double sum = training + validation + evaluation;
        Expect.that(Math.abs(sum - 1) < 1e-9, "shares", sum, "1 in all");
    }

    private static void share(String side, double share) {
        Expect.that(share > 0 && share < 1, side, share, "a share between 0 and 1");
    }
}
