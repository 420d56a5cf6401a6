package dev.laurel.source;

import de.siegmar.fastcsv.reader.CsvCallbackHandler;
import de.siegmar.fastcsv.reader.RecordType;
import dev.laurel.model.InvalidValueException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the fields of a line from the parser: of the first one as names, of all others what the columns asked for make of them. */
final class LineFields extends CsvCallbackHandler<LineFields> {
    private final List<String> header = new ArrayList<>();
    private @Nullable Field[] columns = new Field[0];
    private boolean inHeader = true;
    private long line;
    private int count;
    private boolean empty;
    private @Nullable String problem;

    /** @param columns what reads each place of a line; null for one that is passed over */
    void expect(@Nullable Field[] columns) {
        this.columns = columns;
        inHeader = false;
    }

    List<String> header() {
        return header;
    }

    /** How many fields a line has. */
    int columns() {
        return columns.length;
    }

    /** Where the line begins in the file, from 1. */
    long line() {
        return line;
    }

    /** Whether nothing stands in it at all. */
    boolean isEmpty() {
        return empty;
    }

    /** What is wrong with the line; null where nothing is. */
    @Nullable
    String problem() {
        if (count != columns.length) {
            return "fields: %d (expected: %d, as in the header)".formatted(count, columns.length);
        }
        return problem;
    }

    @Override
    protected RecordType getRecordType() {
        return RecordType.DATA;
    }

    @Override
    protected int getFieldCount() {
        return count;
    }

    @Override
    protected void beginRecord(long startingLineNumber) {
        line = startingLineNumber;
        count = 0;
        empty = false;
        problem = null;
    }

    @Override
    protected void addField(char[] text, int from, int length, boolean quoted) {
        if (inHeader) {
            header.add(new String(text, from, length));
        } else if (count < columns.length) {
            read(columns[count], text, from, length);
        }
        count++;
    }

    private void read(@Nullable Field column, char[] text, int from, int length) {
        if (column != null && problem == null) {
            try {
                column.read(text, from, length);
            } catch (InvalidValueException e) {
                problem = e.getMessage();
            }
        }
    }

    @Override
    protected void setComment(char[] text, int from, int length) {
        throw new IllegalStateException("CSV has no comments here");
    }

    @Override
    protected void setEmpty() {
        if (!inHeader) {
            addField(new char[0], 0, 0, false);
        }
        empty = true;
    }

    @Override
    protected LineFields buildRecord() {
        return this;
    }
}
