package dev.laurel.feedback;

import dev.laurel.model.ModelName;
import dev.laurel.store.FeedbackStore;
import dev.laurel.store.Score;
import dev.laurel.store.Waiting;
import java.util.List;
import java.util.Map;

/**
 * How versions of a model did by what turned out to be true.
 *
 * @param shared whether all servers have the store in common
 * @param window the newest truths of which all of this is
 */
public record FeedbackReport(String model, boolean shared, int window, List<Of> versions) {

    /**
     * A version in a role.
     *
     * @param rows whose truth is known
     * @param waiting how many of the newest answers wait for their truth
     */
    record Of(String version, String role, long rows, long waiting, Map<String, ScoreValues.Value> metrics) {}

    static FeedbackReport of(
            ModelName model, boolean shared, List<Score> scores, List<Waiting> waiting, boolean labels) {
        return new FeedbackReport(
                model.value(),
                shared,
                FeedbackStore.WINDOW,
                scores.stream()
                        .map(score -> new Of(
                                score.version().toString(),
                                score.role(),
                                score.tally().rows(),
                                waiting.stream()
                                        .filter(of -> of.version().equals(score.version())
                                                && of.role().equals(score.role()))
                                        .mapToLong(Waiting::answers)
                                        .sum(),
                                ScoreValues.of(score.tally(), labels)))
                        .toList());
    }
}
