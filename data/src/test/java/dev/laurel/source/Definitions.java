package dev.laurel.source;

import dev.laurel.definition.Definition;
import dev.laurel.definition.Gate;
import dev.laurel.definition.Source;
import dev.laurel.definition.Trainer;
import dev.laurel.feature.ColumnFeature;
import dev.laurel.feature.Feature;
import dev.laurel.feature.Return;
import dev.laurel.model.Metric;
import dev.laurel.model.ModelName;
import dev.laurel.split.Hashed;
import dev.laurel.split.Rolling;
import dev.laurel.split.Split;
import dev.laurel.task.Direction;
import dev.laurel.task.Label;
import dev.laurel.task.Target;
import dev.laurel.task.Value;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Definitions that differ in what they ask of a source. */
final class Definitions {
    private Definitions() {}

    static Definition ofDirection(Source source, @Nullable LocalDate anchor) {
        return of(
                source,
                new Direction("close", 1, "UP", "DOWN"),
                List.of(new Return("return_1", "close", 1)),
                new Rolling(anchor, 500, 60, 60),
                Metric.ACCURACY);
    }

    static Definition ofLabel(Source source, String label, String... inputs) {
        return of(source, new Label(label, null), columns(inputs), byContent(), Metric.ACCURACY);
    }

    static Definition ofValue(Source source, String column, String... inputs) {
        return of(source, new Value(column, 0, "units"), columns(inputs), byContent(), Metric.RMSE);
    }

    /** The reading of a file where nothing is said of it. */
    static Source.Csv csv(String path, @Nullable String key) {
        return new Source.Csv(path, key, ",", ".", null, null, null, "UTF-8", null, null);
    }

    private static Split byContent() {
        return new Hashed(0.6, 0.2, 0.2, null);
    }

    private static List<Feature> columns(String... inputs) {
        return Stream.of(inputs)
                .map(input -> (Feature) new ColumnFeature(input, input))
                .toList();
    }

    private static Definition of(Source source, Target target, List<Feature> features, Split split, Metric metric) {
        return new Definition(
                new ModelName("aapl-direction"),
                "What comes next",
                null,
                source,
                null,
                null,
                target,
                features,
                split,
                null,
                null,
                new Trainer.RandomForest(50, 3, 0.5, 2, 1),
                null,
                null,
                42,
                new Gate(metric, 0.01, 60, Gate.Mode.COMMIT),
                null,
                null,
                null);
    }
}
