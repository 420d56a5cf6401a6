package dev.laurel.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.laurel.feedback.Feedback;
import dev.laurel.feedback.FeedbackReport;
import dev.laurel.feedback.LiveFeedback;
import dev.laurel.follow.Challenger;
import dev.laurel.follow.Challengers;
import dev.laurel.follow.Follower;
import dev.laurel.live.LiveTraffic;
import dev.laurel.model.ChallengerMode;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import dev.laurel.predict.Champions;
import dev.laurel.predict.UnansweredException;
import io.javalin.config.RoutesConfig;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How champion and challenger of a model do on the traffic of this server: what {@code laurel judge-live} reads. */
public final class LiveApi {
    private final Follower follower;
    private final LiveTraffic live;
    private final Feedback feedback;
    private final String instance;

    /**
     * @param instance which server says so: whoever adds up several must not take one twice that has two names
     * @param mode of the challenger; absent where nothing is tried
     * @param share of the requests in percent that a canary answers
     * @param problem why a pinned challenger is not tried
     * @param feedback how both did where it is known by now what was true; absent where none is kept
     */
    public record View(
            String model,
            String environment,
            String instance,
            @Nullable String mode,
            @Nullable Integer share,
            @Nullable String problem,
            @JsonUnwrapped LiveTraffic.Seen seen,
            @Nullable LiveFeedback feedback) {}

    public LiveApi(Follower follower, LiveTraffic live, Feedback feedback, String instance) {
        this.instance = instance;
        this.follower = follower;
        this.live = live;
        this.feedback = feedback;
    }

    public void register(RoutesConfig routes) {
        Champions champions = new Champions(follower);
        routes.get("/models/{name}/live", ctx -> {
            ModelName model = Champions.parse(ctx.pathParam("name"));
            // Says why none answers, where none does.
            champions.named(model.value());
            ctx.json(view(model).orElseThrow(() -> UnansweredException.unavailable(model + ": not counted yet")));
        });
    }

    private @Nullable LiveFeedback feedback(ModelName model, LiveTraffic.Seen seen) {
        return feedback.live(
                        model,
                        Version.parse(seen.champion().version()),
                        seen.challenger() == null
                                ? null
                                : Version.parse(seen.challenger().version()))
                .orElse(null);
    }

    /** By what turned out to be true, as it was some seconds ago. */
    Optional<FeedbackReport> feedback(ModelName model) {
        return feedback.lately(model);
    }

    Optional<View> view(ModelName model) {
        Optional<Challenger> challenger = follower.challengers().of(model);
        Optional<ChallengerMode> mode = challenger.map(tried -> tried.pin().mode());
        return live.seen(model)
                .map(seen -> new View(
                        model.value(),
                        follower.environment().value(),
                        instance,
                        mode.map(word -> word.name().toLowerCase(Locale.ROOT)).orElse(null),
                        challenger.map(tried -> tried.pin().share()).orElse(null),
                        follower.challengers()
                                .failure(model)
                                .map(Challengers.Failed::reason)
                                .orElse(null),
                        seen,
                        feedback(model, seen)));
    }
}
