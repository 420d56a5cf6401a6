package dev.laurel.definition;

import dev.laurel.model.Default;
import dev.laurel.model.Expect;
import dev.laurel.model.Says;
import dev.laurel.model.Within;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How training rows of rare labels are multiplied until each label that occurs has as many rows as the most frequent one. Only what a model
 * is fitted on is balanced, after its features are fitted. Probabilities are then those of labels that are equally frequent.
 *
 * <p>A new kind is a record here, its name in {@code dev.laurel.yaml.Kinds} and what it does in the list of {@code Balancing}.
 */
public sealed interface Balance {

    /** Whether it weighs rows, for trainers that take weights, and makes none. */
    default boolean isOfWeights() {
        return false;
    }

    @Says(
            "New rows on the way from a row of the label to one of its neighbours of that label (Chawla, Bowyer, Hall and Kegelmeyer 2002). Features should be standardised.")
    record Smote(
            @Says("The nearest rows, of which one is drawn.") @Within(from = 1, to = 1000) @Default("5")
            int neighbours) implements Balance {
        public Smote {
            Expect.range("neighbours", neighbours, 1, 1000);
        }
    }

    @Says("Rows of the label again, drawn at random: as if they had more weight.")
    record Oversample() implements Balance {}

    @Says(
            "More weight for the rows of the label, in place of more rows; for the trainers random-forest, extra-trees, bagging, decision-tree, logistic, svc and gradient-boosting.")
    record Weights(
            @Says(
                    "The weight of each row by its label; those that are not named have 1. Absent: so that all labels weigh the same together, and the rows as much as they are many.")
            @Nullable
            SortedMap<String, Double> labels)
            implements Balance {
        @Override
        public boolean isOfWeights() {
            return true;
        }

        public Weights {
            if (labels != null) {
                Expect.that(!labels.isEmpty(), "labels", labels, "at least one label with its weight");
                labels.forEach((label, weight) ->
                        Expect.that(weight > 0 && weight <= 1e6, "weight of " + label, weight, "above 0, up to 1.0E6"));
                labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
            }
        }
    }
}
