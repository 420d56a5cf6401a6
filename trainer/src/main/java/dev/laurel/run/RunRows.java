package dev.laurel.run;

import dev.laurel.definition.Definition;
import dev.laurel.model.Digest;
import dev.laurel.model.Expect;
import dev.laurel.source.Rows;
import dev.laurel.source.TableCsv;
import dev.laurel.split.Sides;
import dev.laurel.table.Table;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The rows that one run needs and no others: nothing before them and nothing after the clock can reach it.
 *
 * @param csv the table as it is kept with the version; {@code digest} is that of these bytes
 * @param origin where the rows come from; {@code notes} is what happened on the way
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record RunRows(Table table, Sides sides, byte[] csv, Digest digest, String origin, String notes) {

    /**
     * @param before the clock of the newest version; null where there is no version yet
     * @throws dev.laurel.model.InvalidValueException when the history is too short before the clock
     */
    static RunRows next(Rows source, Definition definition, @Nullable String before) {
        int clock = definition.split().clock(source.table(), before);
        Table table = until(clock, source.table(), definition);
        byte[] csv = TableCsv.write(table);
        return new RunRows(table, definition.sides(table), csv, Digest.of(csv), source.origin(), source.notes());
    }

    private static Table until(int clock, Table all, Definition definition) {
        OptionalInt needed = definition
                .split()
                .neededRows(definition.warmUp(), definition.target().horizon());
        if (needed.isEmpty()) {
            return all.slice(0, clock + 1);
        }
        int evaluation = definition.split().leastEvaluation();
        int missing = needed.getAsInt() - (clock + 1);
        Expect.that(
                missing <= 0,
                "evaluated rows",
                Math.max(0, evaluation - missing),
                ("at least %s; the history begins %s, which is %s rows until the clock at %s, and a run needs %s:"
                                + " move the anchor or make the windows smaller")
                        .formatted(evaluation, all.place(0), clock + 1, all.place(clock), needed.getAsInt()));
        return all.slice(-missing, clock + 1);
    }

    /** The key of the newest row that the run knows; null where rows have no keys. */
    @Nullable
    String clock() {
        return table.keyOrNull(table.rows() - 1);
    }

    /** For people. */
    String newest() {
        return table.place(table.rows() - 1);
    }
}
