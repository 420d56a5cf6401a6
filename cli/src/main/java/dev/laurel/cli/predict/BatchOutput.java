package dev.laurel.cli.predict;

import dev.laurel.task.Answer;
import dev.laurel.task.Task;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where the predictions of a batch go. */
interface BatchOutput extends AutoCloseable {
    /** Room for the answers of some rows, for one thread. */
    Part part();

    /** All was written. */
    void finish() throws IOException;

    /** How many were not there before; null where that cannot be said of single ones. */
    @Nullable
    Long written();

    @Override
    void close() throws IOException;

    /** Whether each label's probability is said: of two labels the one probability says the other. */
    static boolean isOfSeveral(Task task) {
        return task.isOfLabels() && task.outputs() > 2;
    }

    /** The answers for some rows, one after another. */
    interface Part {
        /**
         * @param key the row's; null where it has none
         * @param line where the row begins in its file, from 1
         */
        void add(@Nullable String key, long line, Answer answer);

        /** After the parts before it. */
        void write() throws IOException;
    }
}
