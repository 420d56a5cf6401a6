package dev.laurel.train;

import dev.laurel.table.Table;
import dev.laurel.model.Expect;
import dev.laurel.model.Split;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** The newest row that a run may know. Each run goes one row beyond the newest version, so the registry is the only memory of it. */
final class RunClock {
    private RunClock() {}

    /**
     * The position of the clock row; the newest row once the clock has come there.
     *
     * @param before the clock of the newest version; null where there is no version yet
     * @throws dev.laurel.model.InvalidValueException when the anchor lies behind the newest row
     */
    static int next(Table table, Split split, @Nullable String before) {
        int newest = table.rows() - 1;
        if (before != null) {
            return Math.min(table.firstAfter(before), newest);
        }
        LocalDate anchor = split.anchor();
        if (anchor == null) {
            return newest;
        }
        int row = table.firstAtOrAfter(anchor.toString());
        Expect.that(row <= newest, "anchor", anchor, "at most the newest row: " + table.key(newest));
        return row;
    }
}
