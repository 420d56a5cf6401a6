package dev.laurel.source;

import dev.laurel.table.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some rows of a {@link RowStream}, one after another, with the rows before them that their features read.
 *
 * @param table the rows, those before them first; a key that is read stands in it as a column of words
 * @param first the first row that is this block's own
 * @param lines where each row begins in the file
 * @param before how many rows without a gap stand before each, as far as features read them
 * @param keys one for each row; null where rows have none
 * @param rejections lines that became no row, in their order
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record RowBlock(
        Table table,
        int first,
        long[] lines,
        int[] before,
        @Nullable String @Nullable [] keys,
        List<Rejection> rejections) {
    /** Its own rows, and the lines that became none. */
    public int taken() {
        return table.rows() - first + rejections.size();
    }

    public long line(int row) {
        return lines[row];
    }

    /** Rows without a gap before it, as far as features read them. */
    public int before(int row) {
        return before[row];
    }

    /** Null where rows have none. */
    public @Nullable String key(int row) {
        return keys == null ? null : keys[row];
    }
}
