package dev.laurel.feedback;

import dev.laurel.follow.LoadedModel;
import dev.laurel.http.RouteKind;
import dev.laurel.model.ModelName;
import dev.laurel.predict.PredictionService;
import dev.laurel.predict.UnansweredException;
import dev.laurel.store.FeedbackStore;
import dev.laurel.store.FeedbackUnavailableException;
import dev.laurel.store.Subject;
import dev.laurel.store.TellOutcome;
import dev.laurel.store.Truth;
import dev.laurel.yaml.Yaml;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/** {@code POST} and {@code GET /models/<name>/feedback}. */
public final class FeedbackApi {
    private static final String ONE_OF_SEVERAL = "/models/%s/feedback";
    /** What is told of a request that no sample takes in, and is not kept. */
    private static final String UNSAMPLED = "unsampled";

    private final PredictionService service;
    private final Feedback feedback;

    /** What came of each thing that was told, in the order of the request. */
    private record Told(
            String model, int counted, int repeated, int corrected, int unmatched, int unsampled, List<Item> results) {
        static Told of(ModelName model, List<String> outcomes) {
            return new Told(
                    model.value(),
                    Collections.frequency(outcomes, "counted"),
                    Collections.frequency(outcomes, "repeated"),
                    Collections.frequency(outcomes, "corrected"),
                    Collections.frequency(outcomes, "unmatched"),
                    Collections.frequency(outcomes, UNSAMPLED),
                    outcomes.stream().map(Item::new).toList());
        }
    }

    private record Item(String outcome) {}

    public FeedbackApi(PredictionService service, Feedback feedback) {
        this.service = service;
        this.feedback = feedback;
    }

    public void register(RoutesConfig routes) {
        routes.post("/models/{name}/feedback", ctx -> tell(ctx, named(ctx)), RouteKind.PREDICTION);
        routes.post("/feedback", ctx -> tell(ctx, service.only(ONE_OF_SEVERAL)), RouteKind.PREDICTION);
        routes.get("/models/{name}/feedback", ctx -> show(ctx, named(ctx)));
        routes.get("/feedback", ctx -> show(ctx, service.only(ONE_OF_SEVERAL)));
    }

    private LoadedModel named(Context ctx) {
        return service.named(ctx.pathParam("name"));
    }

    private void tell(Context ctx, LoadedModel model) {
        ModelName name = model.pin().model();
        List<Truth> truths = FeedbackRequest.parse(ctx.bodyAsBytes(), model, feedback.now(), service.mostRows());
        try {
            FeedbackStore unused = feedback.store();
            List<Truth> awaited = truths.stream().filter(this::isAwaited).toList();
            Iterator<TellOutcome> outcomes = feedback.tell(name, awaited).iterator();
            List<String> words = new ArrayList<>();
            for (Truth truth : truths) {
                words.add(isAwaited(truth) ? Yaml.word(outcomes.next()) : UNSAMPLED);
            }
            ctx.json(Told.of(name, words));
        } catch (FeedbackUnavailableException e) {
            throw UnansweredException.unavailable(String.valueOf(e.getMessage()));
        }
    }

    private boolean isAwaited(Truth truth) {
        return truth.of().about() == Subject.About.KEY
                || feedback.awaits(truth.of().name());
    }

    private void show(Context ctx, LoadedModel model) {
        try {
            ctx.json(feedback.report(model.pin().model()));
        } catch (FeedbackUnavailableException e) {
            throw UnansweredException.unavailable(String.valueOf(e.getMessage()));
        }
    }
}
