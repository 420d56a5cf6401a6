package dev.laurel.definition;

import dev.laurel.model.Default;
import dev.laurel.model.Expect;
import dev.laurel.model.Says;
import dev.laurel.model.Within;

/**
 * How training rows of rare labels are multiplied until each label that occurs has as many rows as the most frequent one. Only what a model
 * is fitted on is balanced, after its features are fitted. Probabilities are then those of labels that are equally frequent.
 *
 * <p>A new kind is a record here, its name in {@code dev.laurel.yaml.Kinds} and what it does in the list of {@code Balancing}.
 */
public sealed interface Balance {

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
}
