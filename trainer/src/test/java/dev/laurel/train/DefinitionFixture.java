package dev.laurel.train;

import dev.laurel.definition.Definition;
import dev.laurel.model.Experiment;
import dev.laurel.model.Feature;
import dev.laurel.definition.Gate;
import dev.laurel.model.Metric;
import dev.laurel.model.ModelName;
import dev.laurel.definition.Source;
import dev.laurel.model.Split;
import dev.laurel.model.Target;
import dev.laurel.model.Task;
import dev.laurel.definition.Trainer;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A small definition on the bundled history, of which a test changes what it is about. As it stands: warm-up 3, horizon 1, windows of
 * 100, 30 and 20 rows, so that a run needs 156 rows; no anchor; a gate that any challenger passes.
 */
final class DefinitionFixture {
    static final ModelName MODEL = new ModelName("spy-direction");

    private Source source = new Source.Bundled("sp500-2000");
    private Target target = new Target("close", 1, "UP", "DOWN");
    private @Nullable LocalDate anchor;
    private int evaluation = 20;
    private double featureFraction = 0.5;
    private long seed = 1;
    private Gate gate = gate(-1, Gate.Mode.COMMIT);

    static DefinitionFixture define() {
        return new DefinitionFixture();
    }

    private static Gate gate(double minimumGain, Gate.Mode mode) {
        return new Gate(Metric.ACCURACY, minimumGain, 20, mode);
    }

    DefinitionFixture source(Source value) {
        source = value;
        return this;
    }

    DefinitionFixture target(String column, int horizon) {
        target = new Target(column, horizon, "UP", "DOWN");
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

    DefinitionFixture manual() {
        gate = gate(0.01, Gate.Mode.MANUAL);
        return this;
    }

    Definition build() {
        return new Definition(
                MODEL,
                "Direction of the next close.",
                Task.CLASSIFICATION,
                null,
                source,
                target,
                List.of(
                        new Feature("return_1", Feature.Kind.RETURN, "close", 1),
                        new Feature("average_3", Feature.Kind.MOVING_AVERAGE, "close", 3),
                        new Feature("volatility_3", Feature.Kind.VOLATILITY, "close", 3)),
                new Split(anchor, 100, 30, evaluation),
                new Trainer.RandomForest(featureFraction),
                List.of(new Experiment(5, 2), new Experiment(10, 3)),
                seed,
                gate,
                null);
    }
}
