package dev.laurel.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.laurel.follow.LoadedModel;
import dev.laurel.front.WholeBody;
import dev.laurel.http.CallerKey;
import dev.laurel.http.JsonAnswer;
import dev.laurel.http.ModelHeaders;
import dev.laurel.http.RouteKind;
import dev.laurel.predict.Answered;
import dev.laurel.predict.Newest;
import dev.laurel.predict.PredictionService;
import dev.laurel.predict.Reply;
import dev.laurel.predict.Threshold;
import dev.laurel.predict.UnansweredException;
import dev.laurel.task.Task;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Predictions: for the newest rows of the source, and for what a client sends. */
public final class PredictionApi {
    private static final Set<String> PARAMETERS = Set.of("threshold", "model");

    private static final String ONE_OF_SEVERAL = "/models/%s/predict";

    private final PredictionService service;

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

    public PredictionApi(PredictionService service) {
        this.service = service;
    }

    public void register(RoutesConfig routes) {
        routes.get("/predictionForTomorrow", this::tomorrow, RouteKind.PREDICTION);
        routes.post(
                "/models/{name}/predict",
                ctx -> body(ctx, chosen(ctx, service.named(ctx.pathParam("name")))),
                RouteKind.PREDICTION);
        routes.get(
                "/models/{name}/predict",
                ctx -> query(ctx, chosen(ctx, service.named(ctx.pathParam("name")))),
                RouteKind.PREDICTION);
        routes.post("/predict", ctx -> body(ctx, chosen(ctx, service.only(ONE_OF_SEVERAL))), RouteKind.PREDICTION);
        routes.get("/predict", ctx -> query(ctx, chosen(ctx, service.only(ONE_OF_SEVERAL))), RouteKind.PREDICTION);
    }

    private LoadedModel chosen(Context ctx, LoadedModel champion) {
        return service.chosen(champion, CallerKey.of(ctx));
    }

    private void tomorrow(Context ctx) {
        String given = parameter(ctx, "threshold");
        Threshold threshold = Threshold.parse(given);
        LoadedModel chosen = service.chosenForNewest(service.series(parameter(ctx, "model")), CallerKey.of(ctx));
        Newest newest = service.newest(chosen, given == null ? null : threshold);
        Answered answered = newest.answered();
        LoadedModel model = answered.model();
        Prediction prediction = Prediction.of(
                model, answered.answers().get(0), answered.inputs().get(0).key());
        ModelHeaders.put(ctx, model);
        ctx.json(new Tomorrow(
                prediction.answer(),
                prediction.confidence(),
                prediction.probabilities(),
                prediction.unit(),
                shown(threshold, model),
                model.pin().model().value(),
                model.pin().version().toString(),
                model.pin().digest().toString(),
                String.valueOf(prediction.asOf()),
                newest.stale()));
    }

    /** Where it decides between two labels. */
    private static @Nullable Double shown(Threshold threshold, LoadedModel model) {
        Task task = model.signature().task();
        return task.isOfLabels() && task.outputs() == 2 ? threshold.value() : null;
    }

    /** A parameter that is misspelt would silently do nothing, so unknown ones are refused. */
    private static @Nullable String parameter(Context ctx, String name) {
        Set<String> unknown = new TreeSet<>(ctx.queryParamMap().keySet());
        unknown.removeAll(PARAMETERS);
        if (!unknown.isEmpty()) {
            throw UnansweredException.invalid("parameter", String.join(", ", unknown), "threshold or model");
        }
        List<String> values = ctx.queryParams(name);
        if (values.size() > 1) {
            throw UnansweredException.invalid(name, String.join(", ", values), "one value");
        }
        return values.isEmpty() ? null : values.get(0);
    }

    private void body(Context ctx, LoadedModel model) {
        answer(ctx, model, one -> PredictRequest.parse(WholeBody.of(ctx), one, service));
    }

    private void query(Context ctx, LoadedModel model) {
        answer(ctx, model, one -> PredictRequest.parse(ctx.queryParamMap(), one, service));
    }

    private void answer(Context ctx, LoadedModel chosen, Function<LoadedModel, PredictRequest> read) {
        Reply<PredictRequest> reply = service.answerAs(chosen, read);
        Answered answered = reply.answered();
        LoadedModel model = answered.model();
        ModelHeaders.put(ctx, model);
        JsonAnswer.put(ctx, json -> {
            json.writeStringField("model", model.pin().model().value());
            json.writeStringField("version", model.pin().version().toString());
            json.writeStringField("digest", model.pin().digest().toString());
            Double threshold = shown(reply.request().threshold(), model);
            if (threshold != null) {
                json.writeNumberField("threshold", threshold);
            }
            json.writeArrayFieldStart("predictions");
            for (int i = 0; i < answered.answers().size(); i++) {
                Prediction.write(
                        json,
                        model,
                        answered.answers().get(i),
                        answered.inputs().get(i).key());
            }
            json.writeEndArray();
            JsonAnswer.warnings(json, answered.warnings());
        });
    }
}
