package dev.laurel.api;

import dev.laurel.api.PinHistories.PinHistory;
import dev.laurel.follow.Follower;
import dev.laurel.follow.Standing;
import dev.laurel.model.ModelName;
import dev.laurel.predict.Champions;
import dev.laurel.predict.Readiness;
import dev.laurel.registry.view.Revision;
import dev.laurel.webhook.MainWatch;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the server has: the models of the registry, how each stands, and what was done to its pin. */
public final class ModelsApi {
    private final Follower follower;
    private final Champions champions;
    private final SyncApi sync;
    private final LiveApi live;
    private final PinHistories histories;
    private final @Nullable String clonePath;
    private final Supplier<Optional<MainWatch.State>> argoCd;
    private final Supplier<Optional<Duration>> training;
    private final Reports reports = new Reports(Clock.systemUTC());

    private record Models(String environment, List<ModelView.Summary> models) {}

    /**
     * All that the page shows.
     *
     * @param commit the commit of the registry that the server follows; absent before it was read
     * @param clonePath the path under which this server serves the models repository; absent when it does not
     * @param argoCd what Argo CD was told; absent when it is told nothing
     */
    private record Status(
            String environment,
            @Nullable String commit,
            @Nullable String clonePath,
            MainWatch.@Nullable State argoCd,
            boolean ready,
            List<Readiness.Missing> missing,
            List<ModelView> models) {}

    /**
     * @param argoCd what Argo CD was told; empty where it is told nothing
     * @param training how often this process trains; empty where another one does
     */
    public ModelsApi(
            Follower follower,
            SyncApi sync,
            LiveApi live,
            @Nullable String clonePath,
            Supplier<Optional<MainWatch.State>> argoCd,
            Supplier<Optional<Duration>> training) {
        this.training = training;
        this.follower = follower;
        this.sync = sync;
        this.live = live;
        this.clonePath = clonePath;
        this.argoCd = argoCd;
        this.champions = new Champions(follower);
        this.histories = new PinHistories(follower.environment());
    }

    public void register(RoutesConfig routes) {
        routes.get("/models", ctx -> {
            List<ModelView.Summary> models = new ArrayList<>();
            follower.standings()
                    .forEach((model, standing) -> models.add(ModelView.summary(model, standing, history(model))));
            ctx.json(new Models(follower.environment().value(), models));
        });
        routes.get("/models/{name}", ctx -> show(ctx, Champions.parse(ctx.pathParam("name"))));
        routes.get(
                "/model/info",
                ctx -> show(ctx, champions.only("/models/%s").pin().model()));
        routes.get("/status", ctx -> {
            List<ModelView> models = new ArrayList<>();
            follower.standings().forEach((model, standing) -> models.add(view(model, standing)));
            Readiness readiness = Readiness.of(follower);
            ctx.json(new Status(
                    follower.environment().value(),
                    follower.followed().map(Revision::commit).orElse(null),
                    clonePath,
                    argoCd.get().orElse(null),
                    readiness.ready(),
                    readiness.missing(),
                    models));
        });
    }

    private void show(Context ctx, ModelName model) {
        ctx.json(view(model, champions.standing(model)));
    }

    private ModelView view(ModelName model, Standing standing) {
        return ModelView.of(
                model,
                standing,
                history(model),
                follower.followed()
                        .flatMap(revision ->
                                standing.answering().flatMap(answering -> reports.of(revision, answering.pin()))),
                definition -> Policy.sentence(definition, follower.environment(), training.get()),
                sync.arrival(model, standing),
                live.view(model),
                live.feedback(model));
    }

    /** Empty in the moment between the first model and the end of the first look at the registry. */
    private PinHistory history(ModelName model) {
        return follower.followed()
                .map(revision -> histories.of(revision, model))
                .orElse(PinHistory.NONE);
    }
}
