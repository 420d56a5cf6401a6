package dev.laurel.judge;

import dev.laurel.definition.Gate;
import dev.laurel.gate.Contest;
import dev.laurel.gate.Rule;
import dev.laurel.sample.Naive;
import dev.laurel.split.Sides;
import dev.laurel.table.Column;
import dev.laurel.table.Table;
import dev.laurel.task.Predictions;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A challenger with what it said about the rows that judge it.
 *
 * @param size of its model file, in bytes
 */
record Measured(Contender contender, long size, Table table, Sides sides, Predictions answers) {
    private static final String MISSING = "(missing)";

    static Measured of(Contender contender, long size, Table table, Sides sides) {
        return new Measured(contender, size, table, sides, contender.predictions(table, sides.evaluation()));
    }

    int[] evaluation() {
        return sides.evaluation();
    }

    /**
     * All that the gate looks at.
     *
     * @param champion its answers for the same rows; null where none stands
     */
    Contest contest(Gate gate, @Nullable Predictions champion) {
        Map<String, SortedMap<String, int[]>> groups = new HashMap<>();
        for (String column : gate.columns()) {
            if (table.columns().contains(column) && !(table.column(column) instanceof Column.Numbers)) {
                groups.put(column, groups(column));
            }
        }
        return new Contest(
                gate.metric(),
                answers,
                champion,
                Naive.metrics(contender.definition(), contender.signature().task(), table, sides),
                groups,
                size,
                gate.asked().stream().anyMatch(Rule::asksForTime)
                        ? Stopwatch.time(contender, table, evaluation())
                        : null);
    }

    private SortedMap<String, int[]> groups(String column) {
        SortedMap<String, int[]> groups = new TreeMap<>();
        IntStream.range(0, evaluation().length).forEach(place -> {
            String word = table.word(column, evaluation()[place]);
            groups.merge(
                    word == null ? MISSING : word,
                    new int[] {place},
                    (known, next) -> IntStream.concat(IntStream.of(known), IntStream.of(next))
                            .toArray());
        });
        return groups;
    }
}
