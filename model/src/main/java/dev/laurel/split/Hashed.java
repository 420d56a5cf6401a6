package dev.laurel.split;

import dev.laurel.model.Default;
import dev.laurel.model.Digest;
import dev.laurel.model.Says;
import dev.laurel.model.Within;
import dev.laurel.table.Column;
import dev.laurel.table.Table;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * By a hash of what a row holds, without its key: a row stays on its side for ever, also when rows are added or put in another order, and
 * equal rows stand on one side. The model that is kept learns from the training and the validation rows.
 */
@Says("By a hash of what a row holds: it stays on its side for ever, whatever rows are added. Shares add up to 1.")
public record Hashed(
        @Says("The share of the rows that teach.") @Within(above = 0, below = 1) @Default("0.6")
        double training,

        @Says("The share of the rows that choose among experiments.") @Within(above = 0, below = 1) @Default("0.2")
        double validation,

        @Says("The share of the rows that judge.") @Within(above = 0, below = 1) @Default("0.2")
        double evaluation,

        @Says("Rows with the same word in this column stand on one side; absent: each row by itself.") @Nullable
        String group)
        implements Split {
    public Hashed {
        Split.checkShares(training, validation, evaluation);
    }

    @Override
    public String described() {
        return Split.percent(training, validation, evaluation)
                + (group == null ? " of the rows, by what they hold" : " of the groups of " + group);
    }

    @Override
    public boolean isByContent() {
        return true;
    }

    @Override
    public Set<String> sidesFollowFrom(Set<String> columns) {
        return group == null ? new TreeSet<>(columns) : Set.of(group);
    }

    @Override
    public Set<String> words() {
        return group == null ? Set.of() : Set.of(group);
    }

    @Override
    public Sides sides(Extent extent) {
        int[] rows = extent.usable(extent.warmUp(), extent.end());
        double[] places = IntStream.of(rows)
                .mapToDouble(row -> place(extent.table(), row))
                .toArray();
        int[] teaching = Split.expectRows("training", between(rows, places, 0, training), 10);
        int[] choosing = Split.expectRows("validation", between(rows, places, training, training + validation), 1);
        int[] judging = Split.expectRows("evaluation", between(rows, places, training + validation, 2), 1);
        int[] both = between(rows, places, 0, training + validation);
        return new Sides(List.of(new Sides.Fold(teaching, choosing)), both, judging);
    }

    private static int[] between(int[] rows, double[] places, double from, double to) {
        return IntStream.range(0, rows.length)
                .filter(i -> places[i] >= from && places[i] < to)
                .map(i -> rows[i])
                .toArray();
    }

    /** A number from 0 to 1 that follows from the row alone. */
    private double place(Table table, int row) {
        MessageDigest hash = Digest.sha256();
        if (group != null) {
            hash.update(String.valueOf(table.word(group, row)).getBytes(StandardCharsets.UTF_8));
        } else {
            for (String column : new TreeSet<>(table.columns())) {
                hash.update(column.getBytes(StandardCharsets.UTF_8));
                hash.update((byte) 0);
                hash.update(content(table, column, row).getBytes(StandardCharsets.UTF_8));
                hash.update((byte) 0);
            }
        }
        return (ByteBuffer.wrap(hash.digest()).getLong() >>> 11) * 0x1.0p-53;
    }

    private static String content(Table table, String column, int row) {
        return table.column(column) instanceof Column.Numbers numbers
                ? Long.toHexString(Double.doubleToLongBits(numbers.values()[row] + 0.0))
                : String.valueOf(table.word(column, row));
    }
}
