package dev.laurel.source;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lines of fields, one after another: what a {@link RowStream} reads. */
interface RowLines extends AutoCloseable {
    /** The names of the columns, each once. */
    List<String> header();

    /**
     * Where the column of a field stands in the header.
     *
     * @throws dev.laurel.model.InvalidValueException when there is no such column, or it cannot hold what the field reads
     */
    int place(Field field);

    /** @param columns what reads each place of a line; null for one that is passed over */
    void expect(@Nullable Field[] columns);

    /** Reads the next line that is not empty; false after the last. */
    boolean next() throws IOException;

    /** Where the line at hand begins, from 1. */
    long line();

    /** What is wrong with the line at hand; null where nothing is. */
    @Nullable
    String problem();

    @Override
    void close() throws IOException;
}
