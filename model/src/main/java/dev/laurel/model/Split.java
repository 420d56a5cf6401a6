package dev.laurel.model;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The clock and the windows of a run, in rows. Windows end at the clock row and stand in the order training, validation, evaluation;
 * between two of them as many rows are left out as the target looks ahead, so that no label reaches into the next window.
 *
 * @param anchor the day at which the clock of the first run stands (or the first row after it); absent: the newest row
 */
public record Split(@Nullable LocalDate anchor, int training, int validation, int evaluation) {
    public Split {
        Expect.range("training", training, 10, 10_000_000);
        Expect.range("validation", validation, 1, 1_000_000);
        Expect.range("evaluation", evaluation, 1, 1_000_000);
    }
}
