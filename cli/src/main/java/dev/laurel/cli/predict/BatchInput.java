package dev.laurel.cli.predict;

import dev.laurel.source.RowStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where the rows of a batch come from. */
public interface BatchInput extends AutoCloseable {
    /** @param key the column that names rows which have no key; null where their lines do */
    RowStream rows(BatchModel model, @Nullable String key) throws IOException;

    /** What the batch is called where nobody says otherwise. */
    String batch();

    /** The share that was read, 0..1; negative where nobody knows how much there is. */
    double share();

    /** What was read, for those who compare it with what others read; the same of the same bytes. Empty where nobody knows. */
    String seen();

    @Override
    void close() throws IOException;
}
