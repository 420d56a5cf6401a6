package dev.laurel.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.laurel.follow.LoadedModel;
import dev.laurel.task.Answer;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One answer of a model.
 *
 * @param answer the label or the value; of two labels the positive one where the confidence reaches the threshold
 * @param confidence the probability of the positive label where there are two, whichever is predicted, else that of the predicted one; absent
 *     for a value
 * @param probabilities of all labels, where there are more than two
 * @param unit of a value
 * @param asOf the key of the row it was made for; absent where features were given, or rows without keys
 */
record Prediction(
        @JsonProperty("prediction") Object answer,
        @Nullable Double confidence,
        @Nullable Map<String, Double> probabilities,
        @Nullable String unit,
        @Nullable String asOf) {

    static Prediction of(LoadedModel model, Answer answer, @Nullable String asOf) {
        if (answer instanceof Answer.Classified classified) {
            List<String> labels = model.signature().task().outputNames();
            return new Prediction(
                    classified.label(),
                    classified.confidence(),
                    labels.size() == 2 ? null : named(labels, classified.probabilities()),
                    null,
                    asOf);
        }
        Answer.Estimated estimated = (Answer.Estimated) answer;
        return new Prediction(estimated.value(), null, null, estimated.unit(), asOf);
    }

    /** The same as an object, without one. */
    static void write(JsonGenerator json, LoadedModel model, Answer answer, @Nullable String asOf) throws IOException {
        json.writeStartObject();
        if (answer instanceof Answer.Classified classified) {
            List<String> labels = model.signature().task().outputNames();
            json.writeStringField("prediction", classified.label());
            json.writeNumberField("confidence", classified.confidence());
            if (labels.size() != 2) {
                json.writeObjectFieldStart("probabilities");
                for (int label = 0; label < labels.size(); label++) {
                    json.writeNumberField(
                            labels.get(label), classified.probabilities().get(label));
                }
                json.writeEndObject();
            }
        } else {
            Answer.Estimated estimated = (Answer.Estimated) answer;
            json.writeNumberField("prediction", estimated.value());
            json.writeStringField("unit", estimated.unit());
        }
        if (asOf != null) {
            json.writeStringField("as_of", asOf);
        }
        json.writeEndObject();
    }

    private static Map<String, Double> named(List<String> labels, List<Double> probabilities) {
        Map<String, Double> named = new LinkedHashMap<>();
        for (int label = 0; label < labels.size(); label++) {
            named.put(labels.get(label), probabilities.get(label));
        }
        return named;
    }
}
