package dev.laurel.predict;

import dev.laurel.follow.LoadedModel;
import dev.laurel.predictor.Predictor;
import dev.laurel.task.Task;
import org.jspecify.annotations.Nullable;

/** The confidence from which on a prediction is the positive label, 0..1. */
public record Threshold(double value) {
    private static final String EXPECTED = "a number from 0 to 1";

    public static final Threshold DEFAULT = new Threshold(Predictor.USUAL_THRESHOLD);

    public Threshold {
        if (!(value >= 0 && value <= 1)) {
            throw refused(value);
        }
    }

    public static Threshold parse(@Nullable String text) {
        if (text == null) {
            return DEFAULT;
        }
        return new Threshold(Decimal.parse("threshold", text, EXPECTED));
    }

    /** @throws UnansweredException when the answers of the model are not one of two labels */
    public Threshold of(LoadedModel model) {
        Task task = model.signature().task();
        if (!task.isOfLabels() || task.outputs() != 2) {
            throw UnansweredException.invalid(
                    "threshold",
                    value,
                    "none; %s answers with %s".formatted(model.pin().model(), task.described()));
        }
        return this;
    }

    private static UnansweredException refused(Object value) {
        return UnansweredException.invalid("threshold", value, EXPECTED);
    }
}
