package dev.laurel.mlflow;

import dev.laurel.follow.LoadedModel;
import dev.laurel.front.WholeBody;
import dev.laurel.http.CallerKey;
import dev.laurel.http.JsonAnswer;
import dev.laurel.http.ModelHeaders;
import dev.laurel.http.OwnRelease;
import dev.laurel.http.RouteKind;
import dev.laurel.predict.Answered;
import dev.laurel.predict.PredictionService;
import dev.laurel.task.Answer;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The routes of MLflow's scoring server; with several models each has its own. */
public final class ScoringApi {
    private final PredictionService service;

    public ScoringApi(PredictionService service) {
        this.service = service;
    }

    public void register(RoutesConfig routes) {
        routes.get("/ping", ctx -> {
            service.readiness().expect();
            ctx.result("\n");
        });
        routes.get("/version", ctx -> ctx.result(OwnRelease.name()));
        routes.post("/invocations", ctx -> score(ctx, service.only("/models/%s/invocations")), RouteKind.PREDICTION);
        routes.post(
                "/models/{name}/invocations",
                ctx -> score(ctx, service.named(ctx.pathParam("name"))),
                RouteKind.PREDICTION);
    }

    private void score(Context ctx, LoadedModel champion) {
        LoadedModel chosen = service.chosen(champion, CallerKey.of(ctx));
        Function<LoadedModel, ScoringRequest> read = switch (mediaType(ctx.contentType())) {
            case "application/json" -> model -> ScoringRequest.ofJson(WholeBody.of(ctx), model, service);
            case "text/csv" -> model -> ScoringRequest.ofCsv(WholeBody.of(ctx), model, service);
            default ->
                throw new HttpResponseException(
                        HttpStatus.UNSUPPORTED_MEDIA_TYPE.getCode(),
                        "Content-Type: another one (expected: application/json or text/csv)");
        };
        Answered answered = service.answerAs(chosen, read).answered();
        ModelHeaders.put(ctx, answered.model());
        // MLflow's clients pass warnings over.
        JsonAnswer.put(ctx, json -> {
            json.writeArrayFieldStart("predictions");
            for (Answer answer : answered.answers()) {
                if (answer instanceof Answer.Classified classified) {
                    json.writeString(classified.label());
                } else {
                    json.writeNumber(((Answer.Estimated) answer).value());
                }
            }
            json.writeEndArray();
            JsonAnswer.warnings(json, answered.warnings());
        });
    }

    /** Without its parameters. */
    private static String mediaType(@Nullable String header) {
        return header == null ? "" : header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }
}
