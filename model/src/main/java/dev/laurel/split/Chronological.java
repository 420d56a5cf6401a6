package dev.laurel.split;

import dev.laurel.model.Default;
import dev.laurel.model.Says;
import dev.laurel.model.Within;
import java.util.List;
import java.util.stream.IntStream;

/** Shares of all rows, in the order of their keys. The model that is kept learns from the training and the validation rows. */
@Says("Shares of all rows, in the order of their keys; they add up to 1.")
public record Chronological(
        @Says("The share of the rows that teach, the oldest.") @Within(above = 0, below = 1) @Default("0.7")
        double training,

        @Says("The share of the rows that choose among experiments.") @Within(above = 0, below = 1) @Default("0.15")
        double validation,

        @Says("The share of the rows that judge, the newest.") @Within(above = 0, below = 1) @Default("0.15")
        double evaluation)
        implements Split {
    public Chronological {
        Split.checkShares(training, validation, evaluation);
    }

    @Override
    public String described() {
        return Split.percent(training, validation, evaluation) + " of the rows, in their order";
    }

    @Override
    public String kept() {
        return "The model that is kept learned from the training and the validation rows.";
    }

    @Override
    public Sides sides(Extent extent) {
        extent.table().expectOrder();
        int rows = Math.max(0, extent.end() - extent.warmUp());
        int trained = extent.warmUp() + (int) Math.round(rows * training);
        int chosen = extent.warmUp() + (int) Math.round(rows * (training + validation));
        int[] teaching = Split.expectRows("training", extent.usable(extent.warmUp(), trained), 10);
        int[] choosing = Split.expectRows("validation", extent.usable(trained + extent.horizon(), chosen), 1);
        int[] judging = Split.expectRows("evaluation", extent.usable(chosen + extent.horizon(), extent.end()), 1);
        int[] both =
                IntStream.concat(IntStream.of(teaching), IntStream.of(choosing)).toArray();
        return new Sides(List.of(new Sides.Fold(teaching, choosing)), both, judging);
    }
}
