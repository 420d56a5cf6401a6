package dev.laurel.yaml;

import com.fasterxml.jackson.databind.jsontype.NamedType;
import dev.laurel.definition.Balance;
import dev.laurel.definition.Search;
import dev.laurel.definition.Source;
import dev.laurel.definition.Trainer;
import dev.laurel.drift.DriftOutcome;
import dev.laurel.feature.Feature;
import dev.laurel.gate.Rule;
import dev.laurel.split.Split;
import dev.laurel.task.Classification;
import dev.laurel.task.Regression;
import dev.laurel.task.Target;
import dev.laurel.task.Task;
import java.util.List;
import java.util.Map;

/** Where one of several records may stand, the names by which documents say which: the one list of all kinds. */
final class Kinds {
    private static final Map<Class<?>, List<NamedType>> ALL = Map.of(
            Source.class,
            List.of(
                    kind(Source.Yahoo.class, "yahoo"),
                    kind(Source.Bundled.class, "bundled"),
                    kind(Source.Csv.class, "csv"),
                    kind(Source.Jdbc.class, "jdbc"),
                    kind(Source.Joined.class, "joined")),
            Feature.class,
            List.of(
                    kind(dev.laurel.feature.ColumnFeature.class, "column"),
                    kind(dev.laurel.feature.Lag.class, "lag"),
                    kind(dev.laurel.feature.Difference.class, "difference"),
                    kind(dev.laurel.feature.Return.class, "return"),
                    kind(dev.laurel.feature.MovingAverage.class, "moving-average"),
                    kind(dev.laurel.feature.Rolling.class, "rolling"),
                    kind(dev.laurel.feature.Volatility.class, "volatility"),
                    kind(dev.laurel.feature.Calendar.class, "calendar"),
                    kind(dev.laurel.feature.OneHot.class, "one-hot"),
                    kind(dev.laurel.feature.Ordinal.class, "ordinal"),
                    kind(dev.laurel.feature.Logarithm.class, "log"),
                    kind(dev.laurel.feature.Standardise.class, "standardise"),
                    kind(dev.laurel.feature.MinMax.class, "min-max"),
                    kind(dev.laurel.feature.Bins.class, "bins"),
                    kind(dev.laurel.feature.Interaction.class, "interaction")),
            Target.class,
            List.of(
                    kind(dev.laurel.task.Direction.class, "direction"),
                    kind(dev.laurel.task.Change.class, "change"),
                    kind(dev.laurel.task.Value.class, "value"),
                    kind(dev.laurel.task.Label.class, "label")),
            Split.class,
            List.of(
                    kind(dev.laurel.split.Rolling.class, "rolling"),
                    kind(dev.laurel.split.Chronological.class, "chronological"),
                    kind(dev.laurel.split.WalkForward.class, "walk-forward"),
                    kind(dev.laurel.split.Hashed.class, "hashed")),
            Trainer.class,
            List.of(
                    kind(Trainer.RandomForest.class, "random-forest"),
                    kind(Trainer.ExtraTrees.class, "extra-trees"),
                    kind(Trainer.Bagging.class, "bagging"),
                    kind(Trainer.DecisionTree.class, "decision-tree"),
                    kind(Trainer.Logistic.class, "logistic"),
                    kind(Trainer.Linear.class, "linear"),
                    kind(Trainer.Ridge.class, "ridge"),
                    kind(Trainer.Lasso.class, "lasso"),
                    kind(Trainer.ElasticNet.class, "elastic-net"),
                    kind(Trainer.Knn.class, "knn"),
                    kind(Trainer.Svc.class, "svc"),
                    kind(Trainer.Svr.class, "svr"),
                    kind(Trainer.GradientBoosting.class, "gradient-boosting")),
            Balance.class,
            List.of(
                    kind(Balance.Smote.class, "smote"),
                    kind(Balance.Oversample.class, "oversample"),
                    kind(Balance.Weights.class, "weights")),
            Search.class,
            List.of(
                    kind(Search.Grid.class, "grid"),
                    kind(Search.RandomSearch.class, "random"),
                    kind(Search.Tpe.class, "tpe")),
            DriftOutcome.class,
            List.of(
                    kind(DriftOutcome.Drifted.class, "drifted"),
                    kind(DriftOutcome.Steady.class, "steady"),
                    kind(DriftOutcome.TooFewRows.class, "too-few-rows")),
            Rule.class,
            List.of(
                    kind(dev.laurel.gate.GainShare.class, "gain-share"),
                    kind(dev.laurel.gate.Sure.class, "sure"),
                    kind(dev.laurel.gate.BeatsNaive.class, "beats-naive"),
                    kind(dev.laurel.gate.NotWorse.class, "not-worse"),
                    kind(dev.laurel.gate.Groups.class, "groups"),
                    kind(dev.laurel.gate.FileSize.class, "file-size"),
                    kind(dev.laurel.gate.Time.class, "time")),
            Task.class,
            List.of(kind(Classification.class, "classification"), kind(Regression.class, "regression")));

    private Kinds() {}

    private static NamedType kind(Class<?> type, String name) {
        return new NamedType(type, name);
    }

    /** The records that may stand where this type is expected, with their names; empty where it is one record. */
    static List<NamedType> of(Class<?> type) {
        return ALL.getOrDefault(type, List.of());
    }
}
