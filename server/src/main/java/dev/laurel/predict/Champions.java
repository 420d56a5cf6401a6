package dev.laurel.predict;

import dev.laurel.follow.Follower;
import dev.laurel.follow.LoadedModel;
import dev.laurel.follow.Standing;
import dev.laurel.follow.Standing.Failing;
import dev.laurel.follow.Standing.Withdrawn;
import dev.laurel.model.Environment;
import dev.laurel.model.InvalidValueException;
import dev.laurel.model.ModelName;
import dev.laurel.registry.PinChange;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Finds the version that answers a request, or says why none does. */
final class Champions {
    private final Follower follower;

    Champions(Follower follower) {
        this.follower = follower;
    }

    /**
     * The champion of the named model; without a name, that of the only model that answers for rows that follow one another.
     *
     * @throws ProblemException 400 when it is not such a model, or there are several
     */
    LoadedModel series(@Nullable String name) {
        if (name != null) {
            LoadedModel model = named(name);
            if (!model.isSeries()) {
                throw ProblemException.badRequest(
                        "model",
                        name,
                        "one whose rows follow one another; its rows have no newest one, so POST one to /models/%s/predict"
                                .formatted(name));
            }
            return model;
        }
        SortedMap<ModelName, Standing> standings = follower.standings();
        List<LoadedModel> answering = standings.values().stream()
                .flatMap(standing -> standing.answering().stream())
                .filter(LoadedModel::isSeries)
                .toList();
        if (answering.size() == 1) {
            return answering.get(0);
        }
        if (answering.size() > 1) {
            List<String> names =
                    answering.stream().map(model -> model.pin().model().value()).toList();
            throw new ProblemException(
                    HttpStatus.BAD_REQUEST,
                    "model: missing (expected: one of %s)".formatted(String.join(", ", names)),
                    Map.of("models", names));
        }
        List<String> others = standings.values().stream()
                .flatMap(standing -> standing.answering().stream())
                .map(model -> model.pin().model().value())
                .toList();
        if (!others.isEmpty()) {
            throw new ProblemException(
                    HttpStatus.BAD_REQUEST,
                    "model: missing (expected: one whose rows follow one another; none is served, so POST a row to /models/%s/predict)"
                            .formatted(others.get(0)),
                    Map.of("models", others));
        }
        if (standings.size() == 1) {
            throw unanswered(standings.firstKey(), standings.get(standings.firstKey()));
        }
        throw ProblemException.unavailable("no model answers in %s; /readyz says why".formatted(environment()));
    }

    LoadedModel named(String name) {
        ModelName model = parse(name);
        Standing standing = standing(model);
        return standing.answering().orElseThrow(() -> unanswered(model, standing));
    }

    /** @throws ProblemException 404 when there is no such model */
    Standing standing(ModelName model) {
        Standing standing = follower.standings().get(model);
        if (standing == null) {
            List<String> names =
                    follower.standings().keySet().stream().map(ModelName::value).toList();
            throw new ProblemException(
                    HttpStatus.NOT_FOUND,
                    "model: %s (expected: %s)"
                            .formatted(
                                    model, names.isEmpty() ? "a registered one" : "one of " + String.join(", ", names)),
                    Map.of("models", names));
        }
        return standing;
    }

    static ModelName parse(String name) {
        try {
            return new ModelName(name);
        } catch (InvalidValueException e) {
            throw ProblemException.badRequest(e);
        }
    }

    private ProblemException unanswered(ModelName model, @Nullable Standing standing) {
        if (standing instanceof Withdrawn withdrawn) {
            PinChange change = withdrawn.change();
            return new ProblemException(
                    HttpStatus.NOT_FOUND,
                    "%s was withdrawn from %s by commit %.12s of %s; `%s` and a push bring it back"
                            .formatted(
                                    model,
                                    environment(),
                                    change.commit(),
                                    change.author().name(),
                                    change.revert()),
                    Map.of("commit", change.commit()));
        }
        if (standing instanceof Failing failing) {
            return ProblemException.unavailable("%s %s is pinned in %s and cannot be loaded: %s"
                    .formatted(model, failing.pinned(), environment(), failing.reason()));
        }
        return ProblemException.unavailable(
                "no version of %s was ever pinned in %s (expected: a promotion, by the gate or by `laurel promote`)"
                        .formatted(model, environment()));
    }

    private Environment environment() {
        return follower.environment();
    }
}
