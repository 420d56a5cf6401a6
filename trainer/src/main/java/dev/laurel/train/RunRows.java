package dev.laurel.train;

import dev.laurel.table.Table;
import dev.laurel.judge.Windows;
import dev.laurel.definition.Definition;
import dev.laurel.model.Digest;
import dev.laurel.model.Expect;
import dev.laurel.source.Rows;
import dev.laurel.source.TableCsv;

/**
 * The rows that one run needs and no others: nothing before them and nothing after the clock can reach it.
 *
 * @param csv the table as it is kept with the version; {@code digest} is that of these bytes
 * @param origin where the rows come from; {@code notes} is what happened on the way
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record RunRows(Table table, Windows windows, byte[] csv, Digest digest, String origin, String notes) {

    /**
     * @param clock position of the newest row to know
     * @throws dev.laurel.model.InvalidValueException when the history is too short before the clock
     */
    static RunRows until(int clock, Rows source, Definition definition) {
        Table all = source.table();
        int needed = Windows.neededRows(definition);
        int evaluation = definition.split().evaluation();
        int missing = needed - (clock + 1);
        Expect.that(
                missing <= 0,
                "evaluated rows",
                Math.max(0, evaluation - missing),
                ("at least %s; the history begins %s, which is %s rows until the clock at %s, and a run needs %s:"
                                + " move the anchor or make the windows smaller")
                        .formatted(evaluation, all.key(0), clock + 1, all.key(clock), needed));
        Table table = all.slice(-missing, clock + 1);
        byte[] csv = TableCsv.write(table);
        return new RunRows(table, Windows.of(definition), csv, Digest.of(csv), source.origin(), source.notes());
    }

    /** The key of the newest row that the run knows. */
    String clock() {
        return table.key(table.rows() - 1);
    }
}
