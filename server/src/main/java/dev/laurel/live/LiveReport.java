package dev.laurel.live;

import dev.laurel.drift.Drift;
import dev.laurel.drift.Seen;
import dev.laurel.model.Digest;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import java.util.List;

/**
 * What a server says of the drift of a model: {@code GET /models/<name>/drift}.
 *
 * @param versions that answered in the last day and are counted
 */
public record LiveReport(ModelName model, List<Of> versions) {
    /** One version in one role. */
    public record Of(Version version, Digest digest, String role, Window hour, Window day) {}

    /**
     * One window of time.
     *
     * @param seen the counts; those of several replicas add up, number by number, to the counts of all
     */
    public record Window(Drift drift, Seen seen) {}

    public LiveReport {
        versions = List.copyOf(versions);
    }
}
