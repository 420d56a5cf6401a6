package dev.laurel.split;

import dev.laurel.model.Expect;
import dev.laurel.model.Says;
import dev.laurel.model.Within;
import dev.laurel.table.Table;
import java.time.LocalDate;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The clock and the windows of a run, in rows: {@code warm-up | training | h | validation | h | evaluation | h}, of which the last row is the
 * clock. Each run goes one row beyond the newest version's.
 */
@Says("Windows of rows that end at a clock, which each run moves on by one row.")
public record Rolling(
        @Says("The day at which the clock of the first run stands, or the first row after it; absent: the newest row.")
        @Nullable
        LocalDate anchor,

        @Says("Rows that teach.") @Within(from = 10, to = 10_000_000)
        int training,

        @Says("Rows that choose among experiments.") @Within(from = 1, to = 1_000_000)
        int validation,

        @Says("Rows that judge, the newest.") @Within(from = 1, to = 1_000_000)
        int evaluation)
        implements Split {
    public Rolling {
        Expect.range("training", training, 10, 10_000_000);
        Expect.range("validation", validation, 1, 1_000_000);
        Expect.range("evaluation", evaluation, 1, 1_000_000);
    }

    @Override
    public String described() {
        return "training %s, validation %s, evaluation %s rows".formatted(training, validation, evaluation);
    }

    @Override
    public Sides sides(Extent extent) {
        extent.table().expectOrder();
        int trained = extent.warmUp() + training;
        int chosen = trained + extent.horizon() + validation;
        int judged = chosen + extent.horizon() + evaluation;
        Expect.that(judged <= extent.end(), "rows", extent.table().rows(), "at least " + (judged + extent.horizon()));
        int[] rows = Split.expectRows("training", extent.usable(extent.warmUp(), trained), 2);
        return new Sides(
                List.of(new Sides.Fold(
                        rows, Split.expectRows("validation", extent.usable(trained + extent.horizon(), chosen), 1))),
                rows,
                Split.expectRows("evaluation", extent.usable(chosen + extent.horizon(), judged), 1));
    }

    @Override
    public OptionalInt neededRows(int warmUp, int horizon) {
        return OptionalInt.of(warmUp + training + validation + evaluation + 3 * horizon);
    }

    @Override
    public int leastEvaluation() {
        return evaluation;
    }

    /**
     * The row after the newest version's clock; the newest row once it has come there.
     *
     * @throws dev.laurel.model.InvalidValueException when the anchor lies behind the newest row
     */
    @Override
    public int clock(Table table, @Nullable String before) {
        int newest = table.rows() - 1;
        if (before != null) {
            return Math.min(table.firstAfter(before), newest);
        }
        if (anchor == null) {
            return newest;
        }
        int row = table.firstAtOrAfter(anchor.toString());
        Expect.that(row <= newest, "anchor", anchor, "at most the newest row: " + table.key(newest));
        return row;
    }
}
