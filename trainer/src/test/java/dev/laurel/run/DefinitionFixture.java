package dev.laurel.run;

import dev.laurel.definition.Balance;
import dev.laurel.definition.Calibrate;
import dev.laurel.definition.Definition;
import dev.laurel.definition.Gate;
import dev.laurel.definition.Keep;
import dev.laurel.definition.Search;
import dev.laurel.definition.Source;
import dev.laurel.definition.Trainer;
import dev.laurel.feature.Feature;
import dev.laurel.feature.MovingAverage;
import dev.laurel.feature.Return;
import dev.laurel.feature.Volatility;
import dev.laurel.model.Experiment;
import dev.laurel.model.Metric;
import dev.laurel.model.ModelName;
import dev.laurel.split.Rolling;
import dev.laurel.split.Split;
import dev.laurel.task.Direction;
import dev.laurel.task.Target;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A small definition on the bundled history, of which a test changes what it is about. As it stands: warm-up 3, horizon 1, windows of
 * 100, 30 and 20 rows, so that a run needs 156 rows; no anchor; a gate that any challenger passes.
 */
final class DefinitionFixture {
    static final ModelName MODEL = new ModelName("spy-direction");

    private Source source = new Source.Bundled("sp500-2000");
    private Target target = new Direction("close", 1, "UP", "DOWN");
    private @Nullable LocalDate anchor;
    private int evaluation = 20;
    private double featureFraction = 0.5;
    private @Nullable Trainer trainer;
    private @Nullable Split split;
    private List<Feature> features = List.of(
            new Return("return_1", "close", 1),
            new MovingAverage("average_3", "close", 3),
            new Volatility("volatility_3", "close", 3));
    private @Nullable Balance balance;
    private @Nullable Calibrate calibrate;
    private @Nullable List<Experiment> experiments = List.of(forest(5, 2), forest(10, 3));
    private @Nullable Search search;
    private long seed = 1;
    private @Nullable Keep keep;
    private Gate gate = gate(-1, Gate.Mode.COMMIT);

    static DefinitionFixture define() {
        return new DefinitionFixture();
    }

    static Experiment forest(int trees, int depth) {
        return Experiment.of(Map.of("trees", (double) trees, "depth", (double) depth));
    }

    private static Gate gate(double minimumGain, Gate.Mode mode) {
        return new Gate(Metric.ACCURACY, minimumGain, 20, mode);
    }

    DefinitionFixture source(Source value) {
        source = value;
        return this;
    }

    DefinitionFixture target(String column, int horizon) {
        target = new Direction(column, horizon, "UP", "DOWN");
        return this;
    }

    DefinitionFixture target(Target value) {
        target = value;
        return this;
    }

    /** Instead of a forest. */
    DefinitionFixture trainer(Trainer value) {
        trainer = value;
        return this;
    }

    /** Instead of windows. */
    DefinitionFixture split(Split value) {
        split = value;
        return this;
    }

    DefinitionFixture features(List<Feature> value) {
        features = value;
        return this;
    }

    DefinitionFixture anchor(String day) {
        anchor = LocalDate.parse(day);
        return this;
    }

    DefinitionFixture evaluation(int rows) {
        evaluation = rows;
        return this;
    }

    DefinitionFixture featureFraction(double value) {
        featureFraction = value;
        return this;
    }

    DefinitionFixture experiments(List<Experiment> value) {
        experiments = value;
        return this;
    }

    /** The gate looks at another metric. */
    DefinitionFixture metric(Metric metric) {
        gate = new Gate(metric, -1, 20, Gate.Mode.COMMIT);
        return this;
    }

    DefinitionFixture calibrate(Calibrate value) {
        calibrate = value;
        return this;
    }

    DefinitionFixture balance(Balance value) {
        balance = value;
        return this;
    }

    /** Instead of experiments. */
    DefinitionFixture search(Search value) {
        experiments = null;
        search = value;
        return this;
    }

    DefinitionFixture seed(long value) {
        seed = value;
        return this;
    }

    DefinitionFixture minimumGain(double value) {
        gate = gate(value, Gate.Mode.COMMIT);
        return this;
    }

    /** The gate proposes what is better by so much. */
    DefinitionFixture pullRequest(double minimumGain) {
        gate = gate(minimumGain, Gate.Mode.PULL_REQUEST);
        return this;
    }

    DefinitionFixture keep(Keep value) {
        keep = value;
        return this;
    }

    DefinitionFixture manual() {
        gate = gate(0.01, Gate.Mode.MANUAL);
        return this;
    }

    /** How many rows a run of it needs. */
    int neededRows() {
        Definition definition = build();
        return definition
                .split()
                .neededRows(definition.warmUp(), definition.target().horizon())
                .orElseThrow();
    }

    Definition build() {
        return new Definition(
                MODEL,
                "Direction of the next close.",
                null,
                source,
                null,
                null,
                target,
                features,
                split == null ? new Rolling(anchor, 100, 30, evaluation) : split,
                balance,
                calibrate,
                trainer == null ? new Trainer.RandomForest(100, 12, featureFraction, 2, 1) : trainer,
                experiments,
                search,
                seed,
                gate,
                null,
                keep,
                null);
    }
}
