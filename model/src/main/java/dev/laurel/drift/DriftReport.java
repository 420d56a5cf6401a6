package dev.laurel.drift;

import dev.laurel.model.Digest;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;

/**
 * What a version was asked, compared with its own profile: {@code report.yaml} of a folder below {@code models/<name>/drift}. It holds no
 * time, so that the same rows give the same report; the commit that keeps it has one.
 *
 * @param digest of the model file, in which the profile is
 * @param input where the rows came from, for people
 */
public record DriftReport(ModelName model, Version version, Digest digest, String input, Drift drift) {
    /** For people, in a line. */
    public String summary() {
        return "%s %s: %s rows%s; %s"
                .formatted(
                        model,
                        version,
                        drift.rows(),
                        drift.repeated() == 0 ? "" : " and " + drift.repeated() + " repeated ones",
                        drift.outcome().described());
    }
}
