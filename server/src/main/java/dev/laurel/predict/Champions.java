package dev.laurel.predict;

import dev.laurel.follow.Follower;
import dev.laurel.follow.LoadedModel;
import dev.laurel.follow.Standing;
import dev.laurel.follow.Standing.Failing;
import dev.laurel.follow.Standing.Unpinned;
import dev.laurel.follow.Standing.Withdrawn;
import dev.laurel.model.Environment;
import dev.laurel.model.InvalidValueException;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import dev.laurel.predict.UnansweredException.Reason;
import dev.laurel.registry.outcome.RegistryException;
import dev.laurel.registry.view.PinChange;
import dev.laurel.source.Shape;
import dev.laurel.source.SourceException;
import dev.laurel.yaml.InvalidDocumentException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Finds the version that answers a request, or says why none does. */
public final class Champions {
    private final Follower follower;

    public Champions(Follower follower) {
        this.follower = follower;
    }

    /**
     * The champion of the named model; without a name, that of the only model that answers for rows that follow one another.
     *
     * @throws UnansweredException when it is not such a model, or there are several
     */
    public LoadedModel series(@Nullable String name) {
        if (name != null) {
            LoadedModel model = named(name);
            if (!model.isSeries()) {
                throw UnansweredException.invalid(
                        "model",
                        name,
                        "one whose rows follow one another; its rows have no newest one, so POST one to /models/%s/predict"
                                .formatted(name));
            }
            return model;
        }
        SortedMap<ModelName, Standing> standings = follower.standings();
        List<LoadedModel> answering =
                answering().stream().filter(LoadedModel::isSeries).toList();
        if (answering.size() == 1) {
            return answering.get(0);
        }
        if (answering.size() > 1) {
            List<String> names =
                    answering.stream().map(model -> model.pin().model().value()).toList();
            throw new UnansweredException(
                    Reason.INVALID,
                    "model: missing (expected: one of %s)".formatted(String.join(", ", names)),
                    Map.of("models", names));
        }
        List<Map.Entry<ModelName, Standing>> silent = standings.entrySet().stream()
                .filter(each ->
                        each.getValue().answering().isEmpty() && wasPinned(each.getKey()) && isSeries(each.getKey()))
                .limit(2)
                .toList();
        if (silent.size() == 1) {
            throw unanswered(silent.get(0).getKey(), silent.get(0).getValue());
        }
        List<String> others =
                answering().stream().map(model -> model.pin().model().value()).toList();
        if (!others.isEmpty()) {
            throw new UnansweredException(
                    Reason.INVALID,
                    "model: missing (expected: one whose rows follow one another; none is served, so POST a row to /models/%s/predict)"
                            .formatted(others.get(0)),
                    Map.of("models", others));
        }
        if (standings.size() == 1) {
            throw unanswered(standings.firstKey(), standings.get(standings.firstKey()));
        }
        throw UnansweredException.unavailable("no model answers in %s; /readyz says why".formatted(environment()));
    }

    private boolean wasPinned(ModelName model) {
        return !(follower.standings().get(model) instanceof Unpinned)
                || follower.loading(model).isPresent();
    }

    /** By its definition as it stands; none where that cannot be read. */
    private boolean isSeries(ModelName model) {
        try {
            return follower.followed()
                    .map(revision -> Shape.of(revision.definition(model)).key() != null)
                    .orElse(false);
        } catch (RegistryException | InvalidDocumentException | SourceException e) {
            return false;
        }
    }

    /**
     * The champion of the only model that answers.
     *
     * @param path with a place for the name, as it would be for one of several models
     */
    public LoadedModel only(String path) {
        SortedMap<ModelName, Standing> standings = follower.standings();
        List<LoadedModel> answering = answering();
        if (answering.size() == 1) {
            return answering.get(0);
        }
        if (answering.size() > 1) {
            List<String> names =
                    answering.stream().map(model -> model.pin().model().value()).toList();
            throw new UnansweredException(
                    Reason.INVALID,
                    "model: missing (expected: one of %s, as in %s)"
                            .formatted(String.join(", ", names), path.formatted(names.get(0))),
                    Map.of("models", names));
        }
        if (standings.size() == 1) {
            throw unanswered(standings.firstKey(), standings.get(standings.firstKey()));
        }
        throw UnansweredException.unavailable("no model answers in %s; /readyz says why".formatted(environment()));
    }

    /** All that answer, by the names of their models. */
    public List<LoadedModel> answering() {
        List<LoadedModel> answering = new ArrayList<>();
        for (Standing standing : follower.standings().values()) {
            standing.answering().ifPresent(answering::add);
        }
        return answering;
    }

    public LoadedModel named(String name) {
        ModelName model = parse(name);
        Standing standing = standing(model);
        return standing.answering().orElseThrow(() -> unanswered(model, standing));
    }

    /** @throws UnansweredException when there is no such model */
    public Standing standing(ModelName model) {
        Standing standing = follower.standings().get(model);
        if (standing == null) {
            List<String> names =
                    follower.standings().keySet().stream().map(ModelName::value).toList();
            throw new UnansweredException(
                    Reason.NOT_FOUND,
                    "model: %s (expected: %s)"
                            .formatted(
                                    model, names.isEmpty() ? "a registered one" : "one of " + String.join(", ", names)),
                    Map.of("models", names));
        }
        return standing;
    }

    public static ModelName parse(String name) {
        try {
            return new ModelName(name);
        } catch (InvalidValueException e) {
            throw UnansweredException.invalid(e);
        }
    }

    private UnansweredException unanswered(ModelName model, @Nullable Standing standing) {
        Optional<Version> loading = standing instanceof Failing ? Optional.empty() : follower.loading(model);
        if (loading.isPresent()) {
            return UnansweredException.unavailable(
                    "%s %s is pinned in %s and is being loaded".formatted(model, loading.get(), environment()));
        }
        if (standing instanceof Withdrawn withdrawn) {
            PinChange change = withdrawn.change();
            return new UnansweredException(
                    Reason.NOT_FOUND,
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
            return UnansweredException.unavailable("%s %s is pinned in %s and cannot be loaded: %s"
                    .formatted(model, failing.pinned(), environment(), failing.reason()));
        }
        return UnansweredException.unavailable(
                "no version of %s is pinned in %s that this server knows of yet (expected: a promotion, by the gate or by `laurel promote`)"
                        .formatted(model, environment()));
    }

    private Environment environment() {
        return follower.environment();
    }
}
