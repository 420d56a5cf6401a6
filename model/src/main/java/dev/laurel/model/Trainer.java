package dev.laurel.model;

/** The learning algorithm of a definition with the settings that all of its experiments share. */
public sealed interface Trainer {

    /** @param featureFraction the share of the features that each split of a tree chooses from */
    record RandomForest(double featureFraction) implements Trainer {
        public RandomForest {
            Expect.that(
                    featureFraction > 0 && featureFraction <= 1,
                    "feature_fraction",
                    featureFraction,
                    "above 0, up to 1");
        }
    }
}
