package dev.laurel.predict;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.laurel.follow.LoadedModel;
import org.jspecify.annotations.Nullable;

/**
 * One answer of a model.
 *
 * @param label the positive one where the confidence reaches the threshold
 * @param confidence the probability of the positive label, 0..1, whichever label is predicted
 * @param asOf the key of the row it was made for; absent where features were given
 */
record Prediction(
        @JsonProperty("prediction") String label,
        double confidence,
        @Nullable String asOf) {

    static Prediction of(LoadedModel model, double[] vector, Threshold threshold, @Nullable String asOf) {
        double confidence = model.predictor().probability(vector);
        String label = confidence >= threshold.value()
                ? model.signature().positive()
                : model.signature().negative();
        return new Prediction(label, confidence, asOf);
    }
}
