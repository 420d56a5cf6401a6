package dev.laurel.store;

import dev.laurel.model.Digest;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one version answered for one row of a request.
 *
 * @param place of the row among the answers to its request, from 0
 * @param role as what the version answered: {@code champion} or {@code challenger}; two versions may have answered the same row
 * @param key of the row; null where rows have none
 * @param predicted the label, or the value as a text
 * @param value null for labels
 * @param probability for labels only
 * @param columns what was asked, by name; null unless answers are recorded
 */
public record GivenAnswer(
        ModelName model,
        String requestId,
        int place,
        String role,
        Version version,
        Digest digest,
        @Nullable String key,
        String predicted,
        @Nullable Double value,
        @Nullable Double probability,
        @Nullable Map<String, Object> columns,
        Instant at) {

    /** Without what was asked. */
    public GivenAnswer bare() {
        return columns == null
                ? this
                : new GivenAnswer(
                        model, requestId, place, role, version, digest, key, predicted, value, probability, null, at);
    }
}
