package dev.laurel.store;

import dev.laurel.model.Digest;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the models repository says of a version.
 *
 * @param digest of the model file
 * @param size of the model file, in bytes
 * @param clock the key of the newest row that its training knew; null where rows have no keys
 * @param verdict of the gate
 * @param metric that of the gate
 * @param value by that metric, on the evaluation rows
 * @param metrics all of them, by name
 * @param championIn the environments whose pins name it
 */
public record ProjectedVersion(
        ModelName model,
        Version version,
        Digest digest,
        long size,
        Instant trainedAt,
        @Nullable String clock,
        String verdict,
        String metric,
        double value,
        Map<String, Double> metrics,
        List<String> championIn) {}
