package dev.laurel.definition;

import dev.laurel.feature.Feature;
import dev.laurel.feature.Filling;
import dev.laurel.feature.FittedFeatures;
import dev.laurel.feature.State;
import dev.laurel.model.Expect;
import dev.laurel.model.Experiment;
import dev.laurel.model.InvalidValueException;
import dev.laurel.model.LiveMetric;
import dev.laurel.model.Metric;
import dev.laurel.model.ModelName;
import dev.laurel.model.Says;
import dev.laurel.split.Extent;
import dev.laurel.split.Sides;
import dev.laurel.split.Split;
import dev.laurel.table.Table;
import dev.laurel.task.Target;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All that there is to say about how a model is made: {@code models/<name>/model.yaml}. A new model is a new definition. */
@Says("All that there is to say about how a model is made.")
public record Definition(
        @Says("The name of the model, which is that of its folder: 1..40 of a-z, 0-9 and '-', a letter first.")
        ModelName model,

        @Says("What it predicts, in a sentence for people.") String description,

        @Says(
                "How long after its newest version a trainer of all models makes the next one, such as 5m, 6h or 7d; absent: each time.")
        @Nullable
        Schedule schedule,

        @Says("Where the rows come from.") Source source,

        @Says(
                "What happens to missing values, and what is private, by column. In a column that does not stand here a missing value is an error.")
        @Nullable
        List<Filling> columns,

        @Says("Columns that must never be inputs, with the reason.") @Nullable
        List<Ignored> ignored,

        @Says("What is predicted for a row.") Target target,

        @Says("The inputs of the model, computed from columns by the same code in training and in serving.")
        List<Feature> features,

        @Says("Which rows teach, which choose and which judge.")
        Split split,

        @Says("How rare labels get more training rows; absent: not at all. Labels only.") @Nullable
        Balance balance,

        @Says("How probabilities are made to mean what they say; absent: not at all. Labels only.") @Nullable
        Calibrate calibrate,

        @Says("The learning algorithm with its hyperparameters.")
        Trainer trainer,

        @Says(
                "Other hyperparameters than the trainer's, each set of them tried; absent: those of the search, else the trainer as it is.")
        @Nullable
        List<Experiment> experiments,

        @Says("How hyperparameters are searched for, instead of experiments.") @Nullable
        Search search,

        @Says("Where random numbers begin. The same definition, rows and seed give the same bytes.")
        long seed,

        @Says("When a challenger takes the champion's place.")
        Gate gate,

        @Says("Which versions stay in the tree; the others leave it and stay in history. Absent: last 50.") @Nullable
        Retention retention,

        @Says("Which candidates become versions at all. Absent: all.") @Nullable
        Keep keep,

        @Says("What automation does when the champion's inputs or answers drift. Absent: nothing.") @Nullable
        OnDrift onDrift) {
    public Definition {
        columns = columns == null ? null : List.copyOf(columns);
        ignored = ignored == null ? null : List.copyOf(ignored);
        features = List.copyOf(features);
        experiments = experiments == null ? null : List.copyOf(experiments);
        Expect.notBlank("description", description);
        Expect.notEmpty("features", features);
        checkFeatures(features, ignored == null ? List.of() : ignored, target);
        if (columns != null) {
            expectOnce("columns", columns.stream().map(Filling::column).toList());
            Expect.that(
                    columns.stream()
                            .noneMatch(column ->
                                    column.column().equals(target.column()) && Boolean.TRUE.equals(column.isPrivate())),
                    "columns",
                    target.column() + ", private",
                    "a column that is not the target: answers and what turned out to be true are kept");
        }
        checkTrials(trainer, experiments, search, seed);
        checkPruning(search, trainer, split);
        checkSplit(split, features, target);
        Expect.that(
                split.leastEvaluation() == 0 || split.leastEvaluation() >= gate.minimumRows(),
                "split.evaluation",
                split.leastEvaluation(),
                "at least the gate's minimum_rows: " + gate.minimumRows());
        Set<Metric> metrics = target.metrics();
        Expect.that(
                metrics.contains(gate.metric()),
                "gate.metric",
                gate.metric(),
                "one for such a target: "
                        + metrics.stream().map(Metric::toString).collect(Collectors.joining(", ")));
        boolean labels = target.isOfLabels();
        Expect.that(
                labels ? trainer.learnsLabels() : trainer.learnsValues(),
                "trainer.kind",
                labels ? "a trainer of values" : "a trainer of labels",
                labels
                        ? "one that learns labels: " + Trainer.LEARNING_LABELS
                        : "one that learns values: " + Trainer.LEARNING_VALUES);
        Expect.that(balance == null || labels, "balance", "beside a target of values", "a target of labels");
        Expect.that(calibrate == null || labels, "calibrate", "beside a target of values", "a target of labels");
        Expect.that(
                calibrate != Calibrate.PRIOR || balance != null,
                "calibrate",
                "prior without balance",
                "a balance, which it takes back; or sigmoid or isotonic");
        Expect.that(
                calibrate != Calibrate.PRIOR || balance == null || !balance.isOfWeights() || trainer.answersByWeights(),
                "calibrate",
                "prior beside a trainer whose probabilities heed no weights",
                "sigmoid or isotonic, or none");
        Expect.that(
                balance == null || !balance.isOfWeights() || trainer.takesWeights(),
                "balance.kind",
                "weights beside a trainer that takes none",
                "smote or oversample; or one of the trainers " + Trainer.TAKING_WEIGHTS);
        checkRules(gate, metrics);
        if (gate.live() != null) {
            checkLive(gate.live(), labels);
        }
        checkGroups(gate, features, target);
    }

    private static void checkRules(Gate gate, Set<Metric> metrics) {
        for (int i = 0; i < gate.asked().size(); i++) {
            Metric compared = gate.asked().get(i).compared();
            Expect.that(
                    compared == null || metrics.contains(compared),
                    "gate.rules[" + i + "].metric",
                    String.valueOf(compared),
                    "one for such a target: "
                            + metrics.stream().map(Metric::toString).collect(Collectors.joining(", ")));
        }
    }

    private static void checkLive(LiveGate live, boolean labels) {
        FeedbackRule rule = live.feedback();
        FeedbackLimit limit = live.champion() == null ? null : live.champion().feedback();
        expectLive("gate.live.feedback.metric", rule == null ? null : rule.metric(), labels);
        expectLive("gate.live.champion.feedback.metric", limit == null ? null : limit.metric(), labels);
    }

    private static void expectLive(String thing, @Nullable LiveMetric metric, boolean labels) {
        Expect.that(
                metric == null || metric.isOfLabels() == labels,
                thing,
                String.valueOf(metric),
                labels ? "accuracy, for a target of labels" : "mae or rmse, for a target of values");
    }

    private static void checkFeatures(List<Feature> features, List<Ignored> ignored, Target target) {
        expectOnce("features", features.stream().flatMap(Definition::names).toList());
        for (Feature feature : features) {
            Set<String> read = new HashSet<>(feature.numbers());
            read.addAll(feature.words());
            for (Ignored column : ignored) {
                Expect.that(
                        !read.contains(column.column()),
                        "features",
                        feature.name(),
                        "a feature that does not read %s, which is ignored: %s"
                                .formatted(column.column(), column.reason()));
            }
            Expect.that(
                    !(target.isInItsRow() && feature.readsItsRow() && read.contains(target.column())),
                    "features",
                    feature.name(),
                    "a feature that does not read %s at the very row: that is what is predicted"
                            .formatted(target.column()));
        }
    }

    /** Its name and those of its outputs, as far as they do not depend on what it learns. */
    private static Stream<String> names(Feature feature) {
        return Stream.concat(Stream.of(feature.name()), feature.outputs(State.NONE).stream())
                .distinct();
    }

    private static void expectOnce(String thing, List<String> names) {
        Set<String> seen = new HashSet<>();
        names.forEach(name -> Expect.that(seen.add(name), thing, name, "a name that no other one has"));
    }

    private static void checkTrials(
            Trainer trainer, @Nullable List<Experiment> experiments, @Nullable Search search, long seed) {
        Expect.that(experiments == null || search == null, "search", "beside experiments", "one of the two");
        if (experiments != null) {
            Expect.notEmpty("experiments", experiments);
            Expect.that(
                    new HashSet<>(experiments).size() == experiments.size(),
                    "experiments",
                    experiments,
                    "each one once");
            for (int i = 0; i < experiments.size(); i++) {
                expectFitting("experiments[" + i + "]", trainer, experiments.get(i));
            }
        }
        if (search != null) {
            search.ends().forEach(end -> expectFitting("search", trainer, end));
            search.foreseen(trainer, seed).forEach(trial -> expectFitting("search", trainer, trial));
        }
    }

    private static void expectFitting(String where, Trainer trainer, Experiment experiment) {
        try {
            Hyperparameters.with(trainer, experiment);
        } catch (InvalidValueException e) {
            throw e.under(where);
        }
    }

    private static void checkPruning(@Nullable Search search, Trainer trainer, Split split) {
        Expect.that(
                search == null || search.prune() == null || trainer.parts() != null || split.folds() > 1,
                "search.prune",
                "median beside a trainer that has no model before its end, and one fold",
                "none; or walk-forward with several folds; or one of the trainers " + Trainer.SHOWING_PARTS);
    }

    private static void checkSplit(Split split, List<Feature> features, Target target) {
        if (split.isByContent()) {
            int warmUp = FittedFeatures.warmUp(features);
            Expect.that(
                    warmUp == 0 && target.horizon() == 0,
                    "split.kind",
                    "hashed",
                    "a split in the order of rows, since %s"
                            .formatted(
                                    warmUp > 0
                                            ? "features read " + warmUp + " rows before"
                                            : "the target looks " + target.horizon() + " rows ahead"));
        }
    }

    private static void checkGroups(Gate gate, List<Feature> features, Target target) {
        for (String column : gate.columns()) {
            Expect.that(
                    features.stream().noneMatch(feature -> feature.numbers().contains(column))
                            && (target.isOfWords() || !target.column().equals(column)),
                    "gate.rules",
                    "groups of " + column,
                    "a column of words; features or the target read it as numbers");
        }
    }

    public Retention effectiveRetention() {
        return retention == null ? Retention.DEFAULT : retention;
    }

    public Keep effectiveKeep() {
        return keep == null ? Keep.ALL : keep;
    }

    /** What happens to missing values. */
    public List<Filling> fillings() {
        return columns == null
                ? List.of()
                : columns.stream().filter(column -> column.missing() != null).toList();
    }

    /** The columns whose values are never recorded and never logged. */
    public Set<String> privateColumns() {
        return columns == null
                ? Set.of()
                : columns.stream()
                        .filter(column -> Boolean.TRUE.equals(column.isPrivate()))
                        .map(Filling::column)
                        .collect(Collectors.toSet());
    }

    /** The experiments that a run tries, one after the other. */
    public Trials trials() {
        return experiments == null && search != null ? search.trials(trainer, seed) : Trials.of(foreseen());
    }

    /** The experiments that are known before any is tried. */
    public List<Experiment> foreseen() {
        if (experiments != null) {
            return experiments;
        }
        return search == null ? List.of(Experiment.AS_DEFINED) : search.foreseen(trainer, seed);
    }

    /** How many experiments a run tries, at most. */
    public int mostTrials() {
        return search == null ? foreseen().size() : search.most(trainer, seed);
    }

    /** Rows before the first row of a window that its features need. */
    public int warmUp() {
        return FittedFeatures.warmUp(features);
    }

    /** The columns of words that it asks for. */
    public Set<String> words() {
        Set<String> words = new TreeSet<>(split.words());
        features.stream().map(Feature::words).forEach(words::addAll);
        words.addAll(gate.columns());
        if (target.isOfWords()) {
            words.add(target.column());
        }
        return words;
    }

    /** The columns of numbers that features read. */
    public Set<String> numbers() {
        return features.stream()
                .map(Feature::numbers)
                .flatMap(Collection::stream)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The columns that features read, and so whoever wants an answer. */
    public Set<String> inputs() {
        Set<String> inputs = numbers();
        features.stream().map(Feature::words).forEach(inputs::addAll);
        return inputs;
    }

    /** All columns that it asks for. */
    public Set<String> asked() {
        Set<String> asked = numbers();
        asked.addAll(words());
        asked.add(target.column());
        return asked;
    }

    /**
     * Which rows teach, which choose and which judge.
     *
     * @throws InvalidValueException when there are too few
     */
    public Sides sides(Table table) {
        IntPredicate kept = FittedFeatures.kept(features, fillings(), table);
        return split.sides(
                new Extent(table, warmUp(), target.horizon(), row -> target.isKnown(table, row) && kept.test(row)));
    }
}
