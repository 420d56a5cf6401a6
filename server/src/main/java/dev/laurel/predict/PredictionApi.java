package dev.laurel.predict;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.laurel.follow.Follower;
import dev.laurel.follow.LoadedModel;
import dev.laurel.model.InvalidValueException;
import dev.laurel.monitor.ServerMetrics;
import dev.laurel.source.Rows;
import dev.laurel.table.Table;
import dev.laurel.task.Task;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Predictions: for the newest rows of the source, and for what a client sends. */
public final class PredictionApi {
    private static final Set<String> PARAMETERS = Set.of("threshold", "model");

    private final Champions champions;
    private final NewestRows rows;
    private final ServerMetrics metrics;

    /** The answer for the row after the newest one; {@code stale} when newer rows should exist but could not be had. */
    private record Tomorrow(
            @JsonProperty("prediction") Object answer,
            @Nullable Double confidence,
            @Nullable Map<String, Double> probabilities,
            @Nullable String unit,
            @Nullable Double threshold,
            String model,
            String version,
            String digest,
            String asOf,
            boolean stale) {}

    /** The answers to one body, in its order. */
    private record Batch(
            String model,
            String version,
            String digest,
            @Nullable Double threshold,
            List<Prediction> predictions) {}

    public PredictionApi(Follower follower, NewestRows rows, ServerMetrics metrics) {
        this.champions = new Champions(follower);
        this.rows = rows;
        this.metrics = metrics;
    }

    public void register(RoutesConfig routes) {
        routes.get("/predictionForTomorrow", this::tomorrow);
        routes.post("/models/{name}/predict", this::predict);
    }

    private void tomorrow(Context ctx) {
        String given = parameter(ctx, "threshold");
        Threshold threshold = Threshold.parse(given);
        LoadedModel model = champions.series(parameter(ctx, "model"));
        if (given != null) {
            threshold.of(model);
        }
        Rows newest = rows.of(model);
        Prediction prediction = prediction(model, newest, threshold);
        metrics.predicted(model.pin(), prediction.counted());
        ctx.json(new Tomorrow(
                prediction.answer(),
                prediction.confidence(),
                prediction.probabilities(),
                prediction.unit(),
                shown(threshold, model),
                model.pin().model().value(),
                model.pin().version().toString(),
                model.pin().digest().toString(),
                newest.table().key(newest.table().rows() - 1),
                newest.stale()));
    }

    /** Where it decides between two labels. */
    private static @Nullable Double shown(Threshold threshold, LoadedModel model) {
        Task task = model.signature().task();
        return task.isOfLabels() && task.outputs() == 2 ? threshold.value() : null;
    }

    private static Prediction prediction(LoadedModel model, Rows newest, Threshold threshold) {
        Table table = newest.table();
        int last = table.rows() - 1;
        try {
            Table filled =
                    model.features().filled(table.slice(last - model.features().warmUp(), last + 1));
            return Prediction.of(
                    model, model.features().vector(filled, model.features().warmUp()), threshold, table.key(last));
        } catch (InvalidValueException e) {
            throw ProblemException.unavailable("rows of %s: %s".formatted(newest.origin(), e.getMessage()));
        }
    }

    /** A parameter that is misspelt would silently do nothing, so unknown ones are refused. */
    private static @Nullable String parameter(Context ctx, String name) {
        Set<String> unknown = new TreeSet<>(ctx.queryParamMap().keySet());
        unknown.removeAll(PARAMETERS);
        if (!unknown.isEmpty()) {
            throw ProblemException.badRequest("parameter", String.join(", ", unknown), "threshold or model");
        }
        List<String> values = ctx.queryParams(name);
        if (values.size() > 1) {
            throw ProblemException.badRequest(name, String.join(", ", values), "one value");
        }
        return values.isEmpty() ? null : values.get(0);
    }

    private void predict(Context ctx) {
        LoadedModel model = champions.named(ctx.pathParam("name"));
        PredictRequest request = PredictRequest.parse(ctx.bodyAsBytes(), model);
        List<Prediction> predictions = request.inputs().stream()
                .map(input -> Prediction.of(model, input.vector(), request.threshold(), input.key()))
                .toList();
        predictions.forEach(prediction -> metrics.predicted(model.pin(), prediction.counted()));
        ctx.json(new Batch(
                model.pin().model().value(),
                model.pin().version().toString(),
                model.pin().digest().toString(),
                shown(request.threshold(), model),
                predictions));
    }
}
