package dev.laurel.learn;

import dev.laurel.drift.Profiles;
import dev.laurel.definition.Definition;
import dev.laurel.model.Expect;
import dev.laurel.drift.Profile;
import dev.laurel.predictor.Signature;
import dev.laurel.definition.Trainer;

/** The learner of each trainer that a definition can name. The list of them is here. */
public final class Learners {
    private Learners() {}

    /**
     * @param vectors the features of each training row, in the order of the definition
     * @param positive the true label of each training row
     * @throws dev.laurel.model.InvalidValueException when only one label occurs, from which nothing can be learned
     */
    public static Learner of(Definition definition, double[][] vectors, boolean[] positive) {
        Signature signature = Signature.of(definition);
        Profile profile = Profiles.of(signature.features(), vectors, positive);
        Expect.that(
                profile.positiveShare() > 0 && profile.positiveShare() < 1,
                "labels of the training rows",
                "only " + (profile.positiveShare() > 0 ? signature.positive() : signature.negative()),
                "both " + signature.positive() + " and " + signature.negative() + "; make the training window larger");
        Trainer.RandomForest forest = (Trainer.RandomForest) definition.trainer(); // the one kind there is
        return new RandomForestLearner(definition, signature, profile, forest, vectors, positive);
    }
}
