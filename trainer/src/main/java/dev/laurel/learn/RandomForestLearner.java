package dev.laurel.learn;

import dev.laurel.definition.Definition;
import dev.laurel.definition.Experiment;
import dev.laurel.drift.Profile;
import dev.laurel.predictor.Signature;
import dev.laurel.definition.Trainer;
import dev.laurel.predictor.ModelFile;
import dev.laurel.predictor.Predictor;
import dev.laurel.predictor.PredictorFormat;
import dev.laurel.predictor.Trees;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Random forests after Breiman, "Random Forests" (2001): each tree learns from as many rows as there are, drawn with replacement, and looks
 * at some of the features at each split; the shares of the labels in the leaves are averaged. Trees grow side by side, each with random
 * numbers of its own, so that their number and the number of cores change nothing in any of them.
 */
final class RandomForestLearner implements Learner {
    private final Definition definition;
    private final Signature signature;
    private final Profile profile;
    private final TrainingRows rows;
    private final int featuresPerSplit;

    RandomForestLearner(
            Definition definition,
            Signature signature,
            Profile profile,
            Trainer.RandomForest settings,
            double[][] vectors,
            boolean[] positive) {
        this.definition = definition;
        this.signature = signature;
        this.profile = profile;
        this.rows =
                TrainingRows.of(vectors, labels(positive), signature.labels().size());
        this.featuresPerSplit = Math.max(1, (int) (settings.featureFraction() * rows.features()));
    }

    private static int[] labels(boolean[] positive) {
        return IntStream.range(0, positive.length)
                .map(row -> positive[row] ? 0 : 1)
                .toArray();
    }

    @Override
    public Fitted fit(Experiment experiment) {
        List<Trees.Node> grown = IntStream.range(0, experiment.trees())
                .parallel()
                .mapToObj(tree -> new TreeGrower(
                                rows, experiment.depth(), featuresPerSplit, Seeds.random(definition.seed(), tree))
                        .grow())
                .toList();
        return new Forest(Trees.of(rows.features(), rows.labels(), grown));
    }

    private final class Forest implements Fitted {
        private final Trees trees;
        private final Predictor predictor;

        Forest(Trees trees) {
            this.trees = trees;
            this.predictor = Predictor.of(signature, trees);
        }

        @Override
        public double probability(double[] vector) {
            return predictor.probability(vector);
        }

        @Override
        public ModelFile modelFile() {
            return new ModelFile(definition, signature, profile, PredictorFormat.encode(trees));
        }
    }
}
