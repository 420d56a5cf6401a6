package dev.laurel.judge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.model.LiveEvidence;
import dev.laurel.model.LiveMetric;
import java.util.List;
import java.util.Optional;

/**
 * What feedback says of a version, as sums over servers.
 *
 * @param right of labels
 * @param absolute the sum of the sizes of errors, of values
 * @param squares the sum of squared errors, of values
 */
record MeasuredFeedback(long rows, long right, double absolute, double squares) {

    /** Servers with a store in common all say the same, which counts once; the newest of what they say. */
    static MeasuredFeedback sum(List<JsonNode> servers, String path) {
        MeasuredFeedback own = new MeasuredFeedback(0, 0, 0, 0);
        MeasuredFeedback shared = own;
        for (JsonNode server : servers) {
            MeasuredFeedback said = of(server.at(path));
            if (server.at("/feedback/shared").asBoolean()) {
                shared = said.rows > shared.rows ? said : shared;
            } else {
                own = own.plus(said);
            }
        }
        return own.plus(shared);
    }

    private static MeasuredFeedback of(JsonNode said) {
        return new MeasuredFeedback(
                said.path("rows").asLong(0),
                said.path("right").asLong(0),
                said.path("absolute").asDouble(0),
                said.path("squares").asDouble(0));
    }

    private MeasuredFeedback plus(MeasuredFeedback other) {
        return new MeasuredFeedback(
                rows + other.rows, right + other.right, absolute + other.absolute, squares + other.squares);
    }

    /** Empty where there are no rows. */
    Optional<LiveEvidence.Truth> value(LiveMetric metric) {
        return rows == 0
                ? Optional.empty()
                : Optional.of(new LiveEvidence.Truth(metric, rows, metric.value(rows, right, absolute, squares)));
    }
}
