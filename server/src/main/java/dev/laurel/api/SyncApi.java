package dev.laurel.api;

import dev.laurel.follow.Arrival;
import dev.laurel.follow.Follower;
import dev.laurel.follow.LoadedModel;
import dev.laurel.follow.Standing;
import dev.laurel.model.ModelName;
import dev.laurel.predict.Champions;
import io.javalin.config.RoutesConfig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How far what answers is from what is pinned, and how it came there: what {@code laurel promote --wait} reads. */
public final class SyncApi {
    private final Follower follower;
    private final String instance;
    private final Clock clock;

    /**
     * @param instance which server this is, for as long as its process lives
     * @param time now, by the clock of this machine, as all times here
     * @param started when this process began
     * @param state serving, failing, withdrawn or unpinned
     * @param version that answers; absent where none does
     * @param problem why what is pinned is not what answers
     * @param arrival absent where no pin was read yet
     */
    record View(
            String model,
            String environment,
            String instance,
            Instant time,
            Instant started,
            String state,
            @Nullable String version,
            @Nullable String digest,
            @Nullable String problem,
            @Nullable ArrivalView arrival) {}

    /**
     * How the pinned version came to answer.
     *
     * @param put when the file of the pin was put beside this process; absent where pins are read in the registry
     * @param read when this process read the pin
     * @param loadingSeconds to fetch, verify, decode and try it; absent until then, as {@code answering}
     * @param answering from when on it answers
     * @param commit that moved the pin; absent where that is not known, or this process was not there, as {@code committed} and what follows
     * @param promotionToReadySeconds from the commit until the version could answer here
     * @param promotionToAnswerSeconds from the commit to the first prediction; absent until then
     */
    record ArrivalView(
            String version,
            String digest,
            @Nullable Instant put,
            Instant read,
            @Nullable Double loadingSeconds,
            @Nullable Instant answering,
            @Nullable Instant firstAnswer,
            @Nullable String commit,
            @Nullable Instant committed,
            @Nullable Double promotionToReadySeconds,
            @Nullable Double promotionToAnswerSeconds) {}

    /** @param instance the name of this server among its replicas */
    public SyncApi(Follower follower, String instance, Clock clock) {
        this.follower = follower;
        this.instance = instance;
        this.clock = clock;
    }

    public void register(RoutesConfig routes) {
        Champions champions = new Champions(follower);
        routes.get("/models/{name}/sync", ctx -> {
            ModelName model = Champions.parse(ctx.pathParam("name"));
            ctx.json(view(model, champions.standing(model)));
        });
    }

    private View view(ModelName model, Standing standing) {
        Optional<LoadedModel> answering = standing.answering();
        return new View(
                model.value(),
                follower.environment().value(),
                instance,
                clock.instant(),
                follower.arrivals().started(),
                ModelView.state(standing),
                answering.map(one -> one.pin().version().toString()).orElse(null),
                answering.map(one -> one.pin().digest().toString()).orElse(null),
                problem(standing),
                arrival(model, standing));
    }

    /** Of the model; else of all pins, where they cannot be read. */
    private @Nullable String problem(Standing standing) {
        String own = ModelView.problem(standing);
        return own != null ? own : follower.problem().orElse(null);
    }

    @Nullable
    ArrivalView arrival(ModelName model, Standing standing) {
        return follower.arrivals()
                .of(model)
                .map(arrival -> view(arrival, standing.answering()))
                .orElse(null);
    }

    private static ArrivalView view(Arrival arrival, Optional<LoadedModel> answering) {
        return new ArrivalView(
                arrival.pin().version().toString(),
                arrival.pin().digest().toString(),
                arrival.put(),
                arrival.read(),
                arrival.answering() == null
                        ? null
                        : answering.map(one -> seconds(one.loading())).orElse(null),
                arrival.answering(),
                arrival.firstAnswer(),
                arrival.change() == null ? null : arrival.change().commit(),
                arrival.change() == null ? null : arrival.change().time(),
                arrival.toReady().map(SyncApi::seconds).orElse(null),
                arrival.toAnswer().map(SyncApi::seconds).orElse(null));
    }

    private static Double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }
}
