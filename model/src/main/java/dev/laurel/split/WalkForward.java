package dev.laurel.split;

import dev.laurel.model.Default;
import dev.laurel.model.Expect;
import dev.laurel.model.Says;
import dev.laurel.model.Within;
import java.util.ArrayList;
import java.util.List;

/**
 * Several folds in the order of the keys: each experiment learns from all rows before a block and is measured on the block, then from all
 * rows before the next one; what chooses is all blocks together. The last rows judge.
 */
@Says(
        "Blocks in the order of the keys: each experiment learns from all rows before a block and is measured on it. The last rows judge.")
public record WalkForward(
        @Says("How many blocks.") @Within(from = 1, to = 100) @Default("3")
        int folds,

        @Says("Rows of each block.") @Within(from = 1, to = 1_000_000)
        int validation,

        @Says("Rows that judge, the newest.") @Within(from = 1, to = 1_000_000)
        int evaluation)
        implements Split {
    public WalkForward {
        Expect.range("folds", folds, 1, 100);
        Expect.range("validation", validation, 1, 1_000_000);
        Expect.range("evaluation", evaluation, 1, 1_000_000);
    }

    @Override
    public String described() {
        return "%s folds with validation %s, then evaluation %s rows".formatted(folds, validation, evaluation);
    }

    @Override
    public String kept() {
        return "These are the training and validation rows of the last of %s folds; experiments were measured on all %s times %s validation rows."
                        .formatted(folds, folds, validation)
                + " The model that is kept learned from all rows before those of the evaluation.";
    }

    @Override
    public Sides sides(Extent extent) {
        extent.table().expectOrder();
        int judged = extent.end() - evaluation;
        int end = judged - extent.horizon();
        List<Sides.Fold> sides = new ArrayList<>();
        for (int fold = folds; fold > 0; fold--) {
            int from = end - fold * validation;
            sides.add(new Sides.Fold(
                    Split.expectRows("training", extent.usable(extent.warmUp(), from - extent.horizon()), 10),
                    Split.expectRows("validation", extent.usable(from, from + validation), 1)));
        }
        return new Sides(
                sides,
                extent.usable(extent.warmUp(), end),
                Split.expectRows("evaluation", extent.usable(judged, extent.end()), 1));
    }

    @Override
    public int leastEvaluation() {
        return evaluation;
    }
}
