package dev.laurel.train;

import dev.laurel.drift.Profiles;
import dev.laurel.judge.Sample;
import dev.laurel.model.Definition;
import dev.laurel.model.Expect;
import dev.laurel.model.Experiment;
import dev.laurel.model.Profile;
import dev.laurel.model.Signature;
import dev.laurel.model.Trainer;
import dev.laurel.predictor.ModelFile;
import dev.laurel.predictor.TribuoProtobuf;
import dev.laurel.search.Fitted;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.dtree.CARTClassificationTrainer;
import org.tribuo.classification.ensemble.FullyWeightedVotingCombiner;
import org.tribuo.ensemble.BaggingTrainer;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/** Fits random forests on the training rows of one run. Tribuo is known here and nowhere else in the trainer. */
final class ForestFit {
    /** Tribuo announces every tree. Kept in a field, since java.util.logging forgets the level of a logger that nobody holds. */
    private static final Logger TRIBUO = Logger.getLogger("org.tribuo");

    static {
        TRIBUO.setLevel(Level.WARNING);
    }

    private final Definition definition;
    private final Trainer.RandomForest trainer;
    private final Signature signature;
    private final Profile profile;
    private final String[] names;
    private final MutableDataset<Label> dataset;

    /** @throws dev.laurel.model.InvalidValueException when only one label occurs, from which nothing can be learned */
    ForestFit(Definition definition, Sample training) {
        this.definition = definition;
        this.trainer = (Trainer.RandomForest) definition.trainer(); // the one kind there is
        this.signature = Signature.of(definition);
        this.profile = Profiles.of(signature.features(), training.vectors(), training.positive());
        Expect.that(
                profile.positiveShare() > 0 && profile.positiveShare() < 1,
                "labels of the training rows",
                "only " + (profile.positiveShare() > 0 ? signature.positive() : signature.negative()),
                "both " + signature.positive() + " and " + signature.negative() + "; make the training window larger");
        LabelFactory labels = new LabelFactory();
        // What Tribuo wants to know of the source is replaced by a constant in the model file; see TribuoProtobuf.
        this.dataset = new MutableDataset<>(
                new SimpleDataSourceProvenance("rows", Instant.EPOCH.atOffset(ZoneOffset.UTC), labels), labels);
        this.names = signature.features().toArray(String[]::new);
        for (int row = 0; row < training.positive().length; row++) {
            Label label = new Label(training.positive()[row] ? signature.positive() : signature.negative());
            dataset.add(new ArrayExample<>(label, names, training.vectors()[row]));
        }
    }

    /** Fits one experiment. Each fit has trainers of its own: one that has trained before gives another forest for the same seed. */
    Fitted fit(Experiment experiment) {
        // BaggingTrainer rather than RandomForestTrainer, which is the same but refuses splits that see every feature.
        BaggingTrainer<Label> forest = new BaggingTrainer<>(
                new CARTClassificationTrainer(experiment.depth(), featureFraction(), definition.seed()),
                // Averages the leaf distributions of the trees; a vote would only count trees.
                new FullyWeightedVotingCombiner(),
                experiment.trees(),
                definition.seed());
        return new Forest(forest.train(dataset));
    }

    /** Never so small that Tribuo rounds it to no feature at all. */
    private float featureFraction() {
        double atLeastOne = 1.0 / signature.features().size();
        return (float) Math.max(trainer.featureFraction(), atLeastOne);
    }

    private final class Forest implements Fitted {
        private final Model<Label> model;

        Forest(Model<Label> model) {
            this.model = model;
        }

        @Override
        public double probability(double[] vector) {
            Prediction<Label> prediction = model.predict(new ArrayExample<>(LabelFactory.UNKNOWN_LABEL, names, vector));
            return Objects.requireNonNull(prediction.getOutputScores().get(signature.positive()))
                    .getScore();
        }

        @Override
        public ModelFile modelFile() {
            return new ModelFile(definition, signature, profile, TribuoProtobuf.encode(model));
        }
    }
}
