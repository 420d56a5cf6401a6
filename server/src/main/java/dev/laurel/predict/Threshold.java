package dev.laurel.predict;

import dev.laurel.follow.LoadedModel;
import dev.laurel.predictor.Predictor;
import dev.laurel.task.Task;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The confidence from which on a prediction is the positive label, 0..1. */
record Threshold(double value) {
    static final Threshold DEFAULT = new Threshold(Predictor.USUAL_THRESHOLD);

    /** Java's own parser also takes {@code 0x1p-1}, {@code 1d} and {@code NaN}. */
    private static final Pattern NUMBER =
            Pattern.compile("[-+]?(\\d{1,20}(\\.\\d{0,30})?|\\.\\d{1,30})([eE][-+]?\\d{1,3})?");

    Threshold {
        if (!(value >= 0 && value <= 1)) {
            throw refused(value);
        }
    }

    static Threshold parse(@Nullable String text) {
        if (text == null) {
            return DEFAULT;
        }
        if (!NUMBER.matcher(text).matches()) {
            throw refused(text.isEmpty() ? "empty" : text);
        }
        return new Threshold(Double.parseDouble(text));
    }

    /** @throws ProblemException 400 when the answers of the model are not one of two labels */
    Threshold of(LoadedModel model) {
        Task task = model.signature().task();
        if (!task.isOfLabels() || task.outputs() != 2) {
            throw ProblemException.badRequest(
                    "threshold",
                    value,
                    "none; %s answers with %s".formatted(model.pin().model(), task.described()));
        }
        return this;
    }

    private static ProblemException refused(Object value) {
        return ProblemException.badRequest("threshold", value, "a number from 0 to 1");
    }
}
