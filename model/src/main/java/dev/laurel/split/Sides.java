package dev.laurel.split;

import java.util.List;

/**
 * The rows of a run, by their places in its table.
 *
 * @param folds what experiments learn from and are chosen by; at least one
 * @param training what the model that is kept learns from
 * @param evaluation rows that had no part in either
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Sides(List<Fold> folds, int[] training, int[] evaluation) {

    /** What each experiment learns from, and the rows that choose among them. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Fold(int[] training, int[] validation) {}

    public Sides {
        folds = List.copyOf(folds);
    }

    /** The fold whose rows come last. */
    public Fold last() {
        return folds.get(folds.size() - 1);
    }

    /** Whether what the experiments of the only fold learned from is all that the kept model learns from. */
    public boolean keepsTheFold() {
        return folds.size() == 1 && folds.get(0).training() == training;
    }
}
