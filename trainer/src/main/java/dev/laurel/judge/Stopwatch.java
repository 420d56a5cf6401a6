package dev.laurel.judge;

import dev.laurel.gate.AnswerTime;
import dev.laurel.table.Table;
import java.util.Arrays;

/** Measures how long a model takes for one row: its features and its answer, without what a protocol adds. */
final class Stopwatch {
    private static final long WARM_UP_NANOS = 200_000_000;
    private static final int ANSWERS = 2_000;

    private Stopwatch() {}

    /** @param rows of the table that it answers for, round and round */
    static AnswerTime time(Contender contender, Table table, int[] rows) {
        Table filled = contender.features().filled(table);
        long begin = System.nanoTime();
        for (int i = 0; System.nanoTime() - begin < WARM_UP_NANOS; i++) {
            answer(contender, filled, rows[i % rows.length]);
        }
        long[] nanos = new long[ANSWERS];
        for (int i = 0; i < ANSWERS; i++) {
            nanos[i] = answer(contender, filled, rows[i % rows.length]);
        }
        Arrays.sort(nanos);
        return new AnswerTime(nanos[ANSWERS / 2] / 1000.0, machine());
    }

    private static long answer(Contender contender, Table filled, int row) {
        long begin = System.nanoTime();
        contender.predictor().scores(contender.features().vector(filled, row));
        return System.nanoTime() - begin;
    }

    private static String machine() {
        return "%s, %s, %s processors, Java %s"
                .formatted(
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"),
                        Runtime.getRuntime().availableProcessors(),
                        Runtime.version().feature());
    }
}
