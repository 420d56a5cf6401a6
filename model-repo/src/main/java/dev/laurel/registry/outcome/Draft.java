package dev.laurel.registry.outcome;

import dev.laurel.model.Digest;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A candidate on its way to become a version: its bytes, and its documents as soon as the number is known. When two runs register at
 * once, one of them takes the next number and its documents are made again.
 */
public interface Draft {
    ModelName model();

    /** The encoded model file. */
    byte[] modelFile();

    /** The source rows of the run as CSV, to be kept; null when the definition does not keep them. */
    byte @Nullable [] data();

    /** All other members of the version's folder but the record, by file name: the report, provenance, profile, card and plots. */
    SortedMap<String, byte[]> documents(Version version);

    /** One line about the version for the commit message, such as {@code accuracy 0.5833 on 60 rows}. */
    String summary();

    default Digest digest() {
        return Digest.of(modelFile());
    }
}
