package dev.laurel.source;

import dev.laurel.table.Column;
import dev.laurel.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rows of the block that is being read, and as many before them as features read. A line that is no row leaves a gap: features would read
 * over it as if it had not been there, so the rows before it count no more.
 */
final class RowWindow {
    private final List<Field.NumberField> numbers;
    private final List<Field.WordField> words;
    private final Field.@Nullable KeyField key;
    private final int warmUp;
    private final Set<String> dropping;

    private final List<double[]> numberCells = new ArrayList<>();
    private final List<@Nullable String[]> wordCells = new ArrayList<>();
    private @Nullable String[] keys = new String[0];
    private long[] lines = new long[0];
    private int[] before = new int[0];
    private int size;
    private int first;
    private int sinceGap;
    private String last = "";
    private List<Rejection> rejections = new ArrayList<>();

    /** @param dropping the columns without whose value a row is left out */
    RowWindow(
            List<Field.NumberField> numbers,
            List<Field.WordField> words,
            Field.@Nullable KeyField key,
            int warmUp,
            Set<String> dropping) {
        this.numbers = numbers;
        this.words = words;
        this.key = key;
        this.warmUp = warmUp;
        this.dropping = dropping;
        numbers.forEach(column -> numberCells.add(new double[0]));
        words.forEach(column -> wordCells.add(new String[0]));
    }

    /** A new block, whose rows may read the last ones of the one before it. Those that hold the old block keep it as it is. */
    void begin() {
        int kept = Math.min(warmUp, sinceGap);
        int from = size - kept;
        numberCells.replaceAll(cells -> Arrays.copyOfRange(cells, from, from + room(kept)));
        wordCells.replaceAll(cells -> Arrays.copyOfRange(cells, from, from + room(kept)));
        keys = Arrays.copyOfRange(keys, from, from + room(kept));
        lines = Arrays.copyOfRange(lines, from, from + room(kept));
        before = Arrays.copyOfRange(before, from, from + room(kept));
        size = kept;
        first = kept;
        rejections = new ArrayList<>();
    }

    private static int room(int kept) {
        return kept + RowStream.BLOCK;
    }

    /**
     * Takes the values that the columns have just read.
     *
     * @param problem what is wrong with the line; null where nothing is
     */
    void take(long line, @Nullable String problem) {
        String wrong = problem == null ? leftOut() : problem;
        if (wrong != null) {
            rejections.add(new Rejection(line, wrong));
            sinceGap = 0;
            return;
        }
        if (key != null && warmUp > 0) {
            if (last.compareTo(key.value()) >= 0) {
                rejections.add(new Rejection(
                        line,
                        "%s: %s (expected: a key after the one before it: %s)"
                                .formatted(key.column(), key.value(), last)));
                return;
            }
            last = key.value();
        }
        append(line);
    }

    /** As in training, where a row without such a value teaches nothing, nor do those that read it. */
    private @Nullable String leftOut() {
        if (dropping.isEmpty()) {
            return null;
        }
        for (Field.NumberField column : numbers) {
            if (Double.isNaN(column.value()) && dropping.contains(column.column())) {
                return leftOut(column);
            }
        }
        for (Field.WordField column : words) {
            if (column.value() == null && dropping.contains(column.column())) {
                return leftOut(column);
            }
        }
        return null;
    }

    private static String leftOut(Field column) {
        return column.column() + ": missing (expected: a value; by the definition such rows are left out)";
    }

    private void append(long line) {
        for (int i = 0; i < numbers.size(); i++) {
            numberCells.get(i)[size] = numbers.get(i).value();
        }
        for (int i = 0; i < words.size(); i++) {
            wordCells.get(i)[size] = words.get(i).value();
        }
        if (key != null) {
            keys[size] = key.value();
        }
        lines[size] = line;
        before[size] = sinceGap;
        sinceGap = Math.min(warmUp, sinceGap + 1);
        size++;
    }

    RowBlock block() {
        Map<String, Column> columns = new LinkedHashMap<>();
        for (int i = 0; i < numbers.size(); i++) {
            columns.put(numbers.get(i).column(), new Column.Numbers(Arrays.copyOf(numberCells.get(i), size)));
        }
        for (int i = 0; i < words.size(); i++) {
            columns.put(words.get(i).column(), new Column.Words(Arrays.copyOf(wordCells.get(i), size)));
        }
        if (key != null) {
            columns.put(key.column(), new Column.Words(Arrays.copyOf(keys, size)));
        }
        return new RowBlock(
                Table.unkeyed(size, columns),
                first,
                Arrays.copyOf(lines, size),
                Arrays.copyOf(before, size),
                key == null ? null : Arrays.copyOf(keys, size),
                rejections);
    }
}
