package dev.laurel.judge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.laurel.model.LiveEvidence.Truth;
import dev.laurel.model.LiveMetric;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MeasuredFeedbackTest {
    private static final String CHAMPION = "/feedback/champion";

    private static List<JsonNode> servers(String... feedback) {
        ObjectMapper json = new ObjectMapper();
        return Stream.of(feedback)
                .map(text -> {
                    try {
                        return json.readTree("{'feedback': %s}".formatted(text).replace('\'', '"'));
                    } catch (java.io.IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                })
                .toList();
    }

    @Test
    void whatEachServerKnowsAddsUp() {
        MeasuredFeedback sum = MeasuredFeedback.sum(
                servers(
                        "{'shared': false, 'champion': {'rows': 30, 'right': 20, 'absolute': 3, 'squares': 9}}",
                        "{'shared': false, 'champion': {'rows': 10, 'right': 10, 'absolute': 1, 'squares': 1}}",
                        "{}"),
                CHAMPION);

        assertThat(sum.value(LiveMetric.ACCURACY)).hasValue(new Truth(LiveMetric.ACCURACY, 40, 0.75));
        assertThat(sum.value(LiveMetric.MAE)).hasValue(new Truth(LiveMetric.MAE, 40, 0.1));
        assertThat(sum.value(LiveMetric.RMSE)).hasValue(new Truth(LiveMetric.RMSE, 40, 0.5));
    }

    @Test
    void whatServersHaveInCommonCountsOnce() {
        MeasuredFeedback sum = MeasuredFeedback.sum(
                servers(
                        "{'shared': true, 'champion': {'rows': 30, 'right': 20}}",
                        "{'shared': true, 'champion': {'rows': 32, 'right': 24}}"),
                CHAMPION);

        assertThat(sum.value(LiveMetric.ACCURACY)).hasValue(new Truth(LiveMetric.ACCURACY, 32, 0.75));
    }

    @Test
    void withoutRowsThereIsNoValue() {
        assertThat(MeasuredFeedback.sum(servers("{}"), CHAMPION).value(LiveMetric.ACCURACY))
                .isEmpty();
    }
}
