package dev.laurel.predict;

import dev.laurel.feature.FittedFeatures;
import dev.laurel.follow.Follower;
import dev.laurel.follow.LoadedModel;
import dev.laurel.model.InvalidValueException;
import dev.laurel.predict.UnansweredException.Reason;
import dev.laurel.source.Rows;
import dev.laurel.table.Table;
import dev.laurel.task.Answer;
import dev.laurel.trace.Tracing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Predictions, without a protocol: finds the model, checks what it is given, predicts, and tells who observes. All that cannot be answered
 * is an {@link UnansweredException}.
 */
public final class PredictionService implements AutoCloseable {
    private final Follower follower;
    private final Champions champions;
    private final NewestRows newest;
    private final int mostRows;
    private final Observer observer;
    private final Tracing tracing;
    private final LiveContest contest;

    /**
     * @param mostRows of one request: a row takes a few bytes of a body, and its answer may have a thousand probabilities
     * @param live is told how champion and challenger do
     */
    public PredictionService(
            Follower follower, NewestRows newest, int mostRows, Observer observer, LiveObserver live, Tracing tracing) {
        this.contest = new LiveContest(follower.challengers(), live, observer);
        this.follower = follower;
        this.champions = new Champions(follower);
        this.newest = newest;
        this.mostRows = mostRows;
        this.observer = observer;
        this.tracing = tracing;
    }

    public int mostRows() {
        return mostRows;
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

    /**
     * Who answers a caller: the champion, or the challenger where that is a canary and the caller is of its share.
     *
     * @param key by which the caller is known; the same one always gets the same version
     */
    public LoadedModel chosen(LoadedModel champion, String key) {
        return contest.chosen(champion, key);
    }

    /** The same for the newest row, which a challenger of another source may not have yet. */
    public LoadedModel chosenForNewest(LoadedModel champion, String key) {
        LoadedModel chosen = contest.chosen(champion, key);
        return newest.has(chosen) ? chosen : champion;
    }

    /** Champion or challenger, whichever that version is; empty where it is neither. */
    public Optional<LoadedModel> version(LoadedModel model, String version) {
        return contest.both(champions.named(model.pin().model().value())).stream()
                .filter(one -> one.isVersion(version))
                .findFirst();
    }

    /** As what that model answers. */
    public LiveRole role(LoadedModel model) {
        return contest.role(model);
    }

    /** All champions that answer, by the names of their models. */
    public List<LoadedModel> answering() {
        return champions.answering();
    }

    /**
     * The newest row of the source and as many before it as the model looks back at.
     *
     * @throws UnansweredException when there are none yet
     */
    public Table newestRows(LoadedModel model) {
        Table table = newest.of(model).table();
        return table.slice(table.rows() - 1 - model.features().warmUp(), table.rows());
    }

    /** One input for each row that has enough rows before it. */
    public Inputs ofRows(LoadedModel model, GivenRows rows) {
        return contest.counted(model, () -> madeOfRows(model, rows));
    }

    private Inputs madeOfRows(LoadedModel model, GivenRows rows) {
        long start = System.nanoTime();
        FittedFeatures features = model.features();
        checkCount("rows", rows.count());
        if (rows.count() <= features.warmUp()) {
            throw UnansweredException.invalid(
                    "rows",
                    rows.count(),
                    "at least %s: %s to look back at and 1 to predict for"
                            .formatted(features.warmUp() + 1, features.warmUp()));
        }
        try {
            Warnings warnings = new Warnings();
            warnings.addColumns(model, rows);
            return inputs(
                    model,
                    new RowTable(rows, model, warnings).table(),
                    warnings,
                    start,
                    other -> Optional.of(madeOfRows(other, rows)));
        } catch (InvalidValueException e) {
            throw UnansweredException.invalid(e);
        }
    }

    /**
     * The input of one row. Where rows follow one another it is joined to those that the server has before its key.
     *
     * @throws UnansweredException when there are too few of them
     */
    public Inputs ofRowInHistory(LoadedModel model, GivenRows row) {
        return contest.counted(model, () -> madeOfRowInHistory(model, row));
    }

    private Inputs madeOfRowInHistory(LoadedModel model, GivenRows row) {
        int warmUp = model.features().warmUp();
        if (warmUp == 0) {
            return madeOfRows(model, row);
        }
        long start = System.nanoTime();
        try {
            Warnings warnings = new Warnings();
            Table given = new RowTable(row, model, warnings).table();
            Table before = newest.before(model, given.key(0), warnings);
            return inputs(
                    model,
                    before.followedBy(given),
                    warnings,
                    start,
                    other -> Optional.of(madeOfRowInHistory(other, row)));
        } catch (InvalidValueException e) {
            throw UnansweredException.invalid(e);
        }
    }

    private Inputs inputs(
            LoadedModel model,
            Table table,
            Warnings warnings,
            long start,
            Function<LoadedModel, Optional<Inputs>> again) {
        FittedFeatures features = model.features();
        Table filled = features.filled(table);
        List<Input> inputs = new ArrayList<>();
        for (int row = features.warmUp(); row < filled.rows(); row++) {
            inputs.add(new Input(features.vector(filled, row), filled.keyOrNull(row), table, row));
        }
        warnings.addRanges(model, inputs);
        return new Inputs(inputs, warnings.all(), System.nanoTime() - start, again);
    }

    /** @param vectors the features of each, in the order of the signature */
    public Inputs ofVectors(LoadedModel model, double[][] vectors) {
        long start = System.nanoTime();
        checkCount("features", vectors.length);
        List<Input> inputs = Arrays.stream(vectors).map(Input::new).toList();
        Warnings warnings = new Warnings();
        warnings.addRanges(model, inputs);
        return new Inputs(
                inputs,
                warnings.all(),
                System.nanoTime() - start,
                other -> other.signature().features().equals(model.signature().features())
                        ? Optional.of(ofVectors(other, vectors))
                        : Optional.empty());
    }

    private void checkCount(String thing, int count) {
        if (count > mostRows) {
            throw UnansweredException.invalid(thing, count, "at most %s in one request".formatted(mostRows));
        }
    }

    /** Champion or challenger, whichever is meant. @throws UnansweredException when another version is */
    public LoadedModel expectVersion(LoadedModel model, String version) {
        return version(model, version).orElseThrow(() -> {
            List<String> answering = contest
                    .both(champions.named(model.pin().model().value()))
                    .stream()
                    .map(one -> one.pin().version().toString())
                    .toList();
            return new UnansweredException(
                    Reason.OTHER_VERSION,
                    String.valueOf(new InvalidValueException(
                                    "model_version",
                                    version,
                                    answering.size() == 1
                                            ? answering.get(0) + ", which answers"
                                            : "%s, the champion, or %s, the challenger"
                                                    .formatted(answering.get(0), answering.get(1)))
                            .getMessage()),
                    Map.of("model_version", answering.get(0)));
        });
    }

    /**
     * Has one request read and answers it.
     *
     * @param model that was asked for by its version
     * @param read what the protocol makes of it; whatever it throws was asked of that model all the same
     */
    public <A extends Asked> Reply<A> answer(LoadedModel model, Supplier<A> read) {
        return observed(model, () -> reply(model, ignored -> read.get()), Reply::answered);
    }

    /**
     * The same by whoever was {@linkplain #chosen chosen}. A canary that cannot answer costs nobody an answer: the champion gives it, so what
     * is read is read for the version that it is given for.
     *
     * @param read may be asked twice
     */
    public <A extends Asked> Reply<A> answerAs(LoadedModel chosen, Function<LoadedModel, A> read) {
        return observed(chosen, () -> contest.orChampion(chosen, model -> reply(model, read)), Reply::answered);
    }

    private <A extends Asked> Reply<A> reply(LoadedModel model, Function<LoadedModel, A> read) {
        A request = tracing.step("features", () -> read.apply(model));
        LoadedModel named = request.model();
        return new Reply<>(request, answered(named == null ? model : named, request.inputs(), request.threshold()));
    }

    /**
     * Answers for the row after the newest one of the source, by whoever was chosen or, where a canary cannot, by the champion.
     *
     * @param threshold null for the usual one
     */
    public Newest newest(LoadedModel chosen, @Nullable Threshold threshold) {
        return observed(
                chosen, () -> contest.orChampion(chosen, model -> ofNewest(model, threshold)), Newest::answered);
    }

    private Newest ofNewest(LoadedModel model, @Nullable Threshold given) {
        Threshold threshold = given == null ? Threshold.DEFAULT : given.of(model);
        Rows rows = newest.of(model);
        int warmUp = model.features().warmUp();
        int last = rows.table().rows() - 1;
        try {
            long start = System.nanoTime();
            Input input = contest.counted(
                    model,
                    () -> tracing.step("features", () -> {
                        Table table = model.features().filled(rows.table().slice(last - warmUp, last + 1));
                        return new Input(model.features().vector(table, warmUp), table.key(warmUp), table, warmUp);
                    }));
            Inputs inputs = new Inputs(List.of(input), List.of(), System.nanoTime() - start, this::newestInputs);
            return new Newest(answered(model, inputs, threshold), rows.stale());
        } catch (InvalidValueException e) {
            throw UnansweredException.unavailable("rows of %s: %s".formatted(rows.origin(), e.getMessage()));
        }
    }

    /** Empty where a challenger of another source has no rows yet. */
    private Optional<Inputs> newestInputs(LoadedModel model) {
        if (!newest.has(model)) {
            return Optional.empty();
        }
        long start = System.nanoTime();
        Table rows = newest.of(model).table();
        int warmUp = model.features().warmUp();
        Table table = model.features().filled(rows.slice(rows.rows() - 1 - warmUp, rows.rows()));
        Input input = new Input(model.features().vector(table, warmUp), table.key(warmUp), table, warmUp);
        return Optional.of(
                new Inputs(List.of(input), List.of(), System.nanoTime() - start, other -> newestInputs(other)));
    }

    private Answered answered(LoadedModel model, Inputs inputs, Threshold threshold) {
        List<Answer> answers = tracing.step("predict", () -> contest.answers(model, inputs, threshold));
        return new Answered(model, contest.role(model), threshold, inputs.inputs(), answers, inputs.warnings());
    }

    private <T> T observed(LoadedModel model, Supplier<T> work, Function<T, Answered> answered) {
        long start = System.nanoTime();
        Outcome outcome = Outcome.FAILED;
        T done = null;
        try {
            done = work.get();
            outcome = Outcome.ANSWERED;
            return done;
        } catch (UnansweredException e) {
            outcome = Outcome.of(e);
            throw e;
        } catch (InvalidValueException e) {
            outcome = Outcome.INVALID;
            throw UnansweredException.invalid(e);
        } finally {
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            Answered told = done == null ? null : answered.apply(done);
            LoadedModel asked = told == null ? model : told.model();
            observer.observe(new Exchange(asked, contest.role(asked), outcome, took, told));
        }
    }

    @Override
    public void close() {
        contest.close();
    }
}
