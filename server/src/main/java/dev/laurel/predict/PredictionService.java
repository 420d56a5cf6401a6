package dev.laurel.predict;

import dev.laurel.feature.FittedFeatures;
import dev.laurel.follow.Follower;
import dev.laurel.follow.LoadedModel;
import dev.laurel.model.InvalidValueException;
import dev.laurel.source.Rows;
import dev.laurel.table.Table;
import dev.laurel.task.Answer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Predictions, without a protocol: finds the model, checks what it is given, predicts, and tells who observes. All that cannot be answered
 * is an {@link UnansweredException}.
 */
public final class PredictionService {
    /** A row takes a few bytes of a body, and its answer may have a thousand probabilities. */
    public static final int MOST_ROWS = 10_000;

    private final Follower follower;
    private final Champions champions;
    private final NewestRows newest;
    private final Observer observer;

    public PredictionService(Follower follower, NewestRows newest, Observer observer) {
        this.follower = follower;
        this.champions = new Champions(follower);
        this.newest = newest;
        this.observer = observer;
    }

    public Readiness readiness() {
        return Readiness.of(follower);
    }

    /** The champion of the named model. */
    public LoadedModel named(String model) {
        return champions.named(model);
    }

    /** @param path with a place for the name, as it would be for one of several models */
    public LoadedModel only(String path) {
        return champions.only(path);
    }

    /** The champion of the named model, whose rows follow one another; without a name, that of the only such model. */
    public LoadedModel series(@Nullable String model) {
        return champions.series(model);
    }

    /** One input for each row that has enough rows before it. */
    public List<Input> ofRows(LoadedModel model, GivenRows rows) {
        FittedFeatures features = model.features();
        checkCount("rows", rows.count());
        if (rows.count() <= features.warmUp()) {
            throw UnansweredException.invalid(
                    "rows",
                    rows.count(),
                    "at least %d: %d to look back at and 1 to predict for"
                            .formatted(features.warmUp() + 1, features.warmUp()));
        }
        try {
            Table table = features.filled(new RowTable(rows, model).table());
            List<Input> inputs = new ArrayList<>();
            for (int row = features.warmUp(); row < table.rows(); row++) {
                inputs.add(new Input(features.vector(table, row), table.keyOrNull(row)));
            }
            return inputs;
        } catch (InvalidValueException e) {
            throw UnansweredException.invalid(e);
        }
    }

    /** @param vectors the features of each, in the order of the signature */
    public List<Input> ofVectors(double[][] vectors) {
        checkCount("features", vectors.length);
        return Arrays.stream(vectors).map(vector -> new Input(vector, null)).toList();
    }

    private static void checkCount(String thing, int count) {
        if (count > MOST_ROWS) {
            throw UnansweredException.invalid(thing, count, "at most %d in one request".formatted(MOST_ROWS));
        }
    }

    public Answered answer(LoadedModel model, List<Input> inputs, Threshold threshold) {
        try {
            return answered(model, inputs, threshold);
        } catch (InvalidValueException e) {
            throw UnansweredException.invalid(e);
        }
    }

    /** Answers for the row after the newest one of the source. */
    public Newest newest(LoadedModel model, Threshold threshold) {
        Rows rows = newest.of(model);
        int warmUp = model.features().warmUp();
        int last = rows.table().rows() - 1;
        try {
            Table table = model.features().filled(rows.table().slice(last - warmUp, last + 1));
            Input input = new Input(model.features().vector(table, warmUp), table.key(warmUp));
            return new Newest(answered(model, List.of(input), threshold), rows.stale());
        } catch (InvalidValueException e) {
            throw UnansweredException.unavailable("rows of %s: %s".formatted(rows.origin(), e.getMessage()));
        }
    }

    private Answered answered(LoadedModel model, List<Input> inputs, Threshold threshold) {
        List<Answer> answers = inputs.stream()
                .map(input -> model.predictor().answer(input.vector(), threshold.value()))
                .toList();
        Answered answered = new Answered(model, threshold, inputs, answers);
        observer.answered(answered);
        return answered;
    }
}
