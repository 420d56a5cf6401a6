package dev.laurel.definition;

import dev.laurel.model.Default;
import dev.laurel.model.Expect;
import dev.laurel.model.Says;
import dev.laurel.model.Within;
import org.jspecify.annotations.Nullable;

/**
 * The learning algorithm of a definition, with its hyperparameters; experiments are other values of these.
 *
 * <p>Long since all of them stand here, each with what a definition may say of it. A new kind is a record here, its name in {@code dev.laurel.yaml.Kinds} and its learner in the list of {@code Learners}.
 */
public sealed interface Trainer {
    int MAXIMUM_DEPTH = 64;

    /** For messages; a test holds it equal to {@link #takesWeights}. */
    String TAKING_WEIGHTS = "random-forest, extra-trees, bagging, decision-tree, logistic, svc, gradient-boosting";

    /** For messages; a test holds it equal to {@link #parts}. */
    String SHOWING_PARTS = "random-forest, extra-trees, bagging, logistic, lasso, elastic-net, gradient-boosting";

    /** For messages; a test holds it equal to {@link #learnsLabels}. */
    String LEARNING_LABELS =
            "random-forest, extra-trees, bagging, decision-tree, logistic, knn, svc, gradient-boosting";

    /** For messages; a test holds it equal to {@link #learnsValues}. */
    String LEARNING_VALUES =
            "random-forest, extra-trees, bagging, decision-tree, linear, ridge, lasso, elastic-net, knn, svr, gradient-boosting";

    /** Whether it can learn labels. */
    default boolean learnsLabels() {
        return true;
    }

    /** Whether some rows may weigh more than others. */
    default boolean takesWeights() {
        return false;
    }

    /** Whether its probabilities are those of rows that occur as often as they weigh. */
    default boolean answersByWeights() {
        return takesWeights();
    }

    /**
     * What it shows on its way, by which a search may give it up, such as trees; null where it has nothing to show that is a model before its
     * end.
     */
    default @Nullable String parts() {
        return null;
    }

    /** Whether it can learn values. */
    default boolean learnsValues() {
        return true;
    }

    @Says("Trees on rows drawn with replacement, each split from some features (Breiman 2001). Labels and values.")
    record RandomForest(
            @Says("Trees that are grown.") @Within(from = 1, to = 10_000) @Default("100")
            int trees,

            @Says("Questions from the root of a tree to a leaf, at most.")
            @Within(from = 1, to = MAXIMUM_DEPTH)
            @Default("12")
            int depth,

            @Says("The share of the features that each split of a tree chooses from.")
            @Within(above = 0, to = 1)
            @Default("0.5")
            double featureFraction,

            @Says("Rows that a node needs to be split.") @Within(from = 2, to = 1_000_000) @Default("2")
            int minimumSplit,

            @Says("Rows that each side of a split needs.") @Within(from = 1, to = 1_000_000) @Default("1")
            int minimumLeaf)
            implements Trainer {
        @Override
        public boolean takesWeights() {
            return true;
        }

        @Override
        public String parts() {
            return "trees";
        }

        public RandomForest {
            checkTrees(trees, depth, featureFraction, minimumSplit, minimumLeaf);
        }
    }

    @Says(
            "Trees on all rows, each split at random places of some features, of which the best is taken (Geurts, Ernst and Wehenkel 2006). Labels and values.")
    record ExtraTrees(
            @Says("Trees that are grown.") @Within(from = 1, to = 10_000) @Default("100")
            int trees,

            @Says("Questions from the root of a tree to a leaf, at most.")
            @Within(from = 1, to = MAXIMUM_DEPTH)
            @Default("12")
            int depth,

            @Says("The share of the features that each split of a tree chooses from.")
            @Within(above = 0, to = 1)
            @Default("0.5")
            double featureFraction,

            @Says("Rows that a node needs to be split.") @Within(from = 2, to = 1_000_000) @Default("2")
            int minimumSplit,

            @Says("Rows that each side of a split needs.") @Within(from = 1, to = 1_000_000) @Default("1")
            int minimumLeaf)
            implements Trainer {
        @Override
        public boolean takesWeights() {
            return true;
        }

        @Override
        public String parts() {
            return "trees";
        }

        public ExtraTrees {
            checkTrees(trees, depth, featureFraction, minimumSplit, minimumLeaf);
        }
    }

    @Says("Trees on rows drawn with replacement, each split from all features (Breiman 1996). Labels and values.")
    record Bagging(
            @Says("Trees that are grown.") @Within(from = 1, to = 10_000) @Default("30")
            int trees,

            @Says("Questions from the root of a tree to a leaf, at most.")
            @Within(from = 1, to = MAXIMUM_DEPTH)
            @Default("12")
            int depth,

            @Says("Rows that a node needs to be split.") @Within(from = 2, to = 1_000_000) @Default("2")
            int minimumSplit,

            @Says("Rows that each side of a split needs.") @Within(from = 1, to = 1_000_000) @Default("1")
            int minimumLeaf)
            implements Trainer {
        @Override
        public boolean takesWeights() {
            return true;
        }

        @Override
        public String parts() {
            return "trees";
        }

        public Bagging {
            checkTrees(trees, depth, 1, minimumSplit, minimumLeaf);
        }
    }

    @Says("One tree on all rows (Breiman, Friedman, Olshen and Stone 1984). Labels and values.")
    record DecisionTree(
            @Says("Questions from the root of a tree to a leaf, at most.")
            @Within(from = 1, to = MAXIMUM_DEPTH)
            @Default("6")
            int depth,

            @Says("Rows that a node needs to be split.") @Within(from = 2, to = 1_000_000) @Default("2")
            int minimumSplit,

            @Says("Rows that each side of a split needs.") @Within(from = 1, to = 1_000_000) @Default("1")
            int minimumLeaf)
            implements Trainer {
        @Override
        public boolean takesWeights() {
            return true;
        }

        public DecisionTree {
            checkTrees(1, depth, 1, minimumSplit, minimumLeaf);
        }
    }

    @Says("Logistic regression, multinomial with more than two labels. Features should be standardised. Labels only.")
    record Logistic(
            @Says("The weight of half the sum of squared coefficients, for each row.")
            @Within(from = 0, to = 1e9)
            @Default("0.001")
            double penalty)
            implements Trainer {
        @Override
        public boolean takesWeights() {
            return true;
        }

        @Override
        public String parts() {
            return "steps";
        }

        public Logistic {
            checkPenalty(penalty);
        }

        @Override
        public boolean learnsValues() {
            return false;
        }
    }

    @Says("Ordinary least squares. Values only.")
    record Linear() implements Trainer {
        @Override
        public boolean learnsLabels() {
            return false;
        }
    }

    @Says(
            "Least squares with a penalty on the squares of the coefficients (Hoerl and Kennard 1970). Features should be standardised. Values only.")
    record Ridge(
            @Says("The weight of the sum of squared coefficients beside the sum of squared errors.")
            @Within(from = 0, to = 1e9)
            @Default("1.0")
            double penalty)
            implements Trainer {
        public Ridge {
            checkPenalty(penalty);
        }

        @Override
        public boolean learnsLabels() {
            return false;
        }
    }

    @Says(
            "Least squares with a penalty on the sizes of the coefficients, which makes some of them 0 (Tibshirani 1996). Features should be standardised. Values only.")
    record Lasso(
            @Says("The weight of the sum of the sizes of the coefficients beside half the mean of squared errors.")
            @Within(from = 0, to = 1e9)
            @Default("0.1")
            double penalty)
            implements Trainer {
        @Override
        public String parts() {
            return "rounds";
        }

        public Lasso {
            checkPenalty(penalty);
        }

        @Override
        public boolean learnsLabels() {
            return false;
        }
    }

    @Says(
            "Least squares with both penalties, of ridge and of lasso (Zou and Hastie 2005). Features should be standardised. Values only.")
    record ElasticNet(
            @Says("The weight of both penalties beside half the mean of squared errors.")
            @Within(from = 0, to = 1e9)
            @Default("0.1")
            double penalty,

            @Says("The share of the penalty that is on sizes; the rest is on squares.")
            @Within(from = 0, to = 1)
            @Default("0.5")
            double lassoShare)
            implements Trainer {
        @Override
        public String parts() {
            return "rounds";
        }

        public ElasticNet {
            checkPenalty(penalty);
            Expect.range("lasso_share", lassoShare, 0.0, 1.0);
        }

        @Override
        public boolean learnsLabels() {
            return false;
        }
    }

    @Says(
            "The mean of the nearest training rows by Euclidean distance (Cover and Hart 1967). Features should be standardised. Labels and values.")
    record Knn(
            @Says("How many training rows are asked.") @Within(from = 1, to = 1000) @Default("5")
            int neighbours) implements Trainer {
        public Knn {
            Expect.range("neighbours", neighbours, 1, 1000);
        }
    }

    /** How alike two rows are for a support vector machine. */
    enum Kernel {
        @Says("exp(-gamma |a - b|^2).")
        RBF,
        @Says("The product of the two.")
        LINEAR
    }

    @Says(
            "A support vector machine, with more than two labels one for each against all others (Cortes and Vapnik 1995); probabilities by Platt scaling. Features should be standardised. Labels only.")
    record Svc(
            @Says("How near two rows are.") @Default("rbf") Kernel kernel,

            @Says("The weight of rows on the wrong side beside that of a wide margin.")
            @Within(above = 0, to = 1e9)
            @Default("1.0")
            double cost,

            @Says("Of the kernel rbf; 0 for 1 / (features * the variance of all their values).")
            @Within(from = 0, to = 1e9)
            @Default("0.0")
            double gamma)
            implements Trainer {
        @Override
        public boolean takesWeights() {
            return true;
        }

        @Override
        public boolean answersByWeights() {
            return false;
        }

        public Svc {
            checkMachine(cost, gamma);
        }

        @Override
        public boolean learnsValues() {
            return false;
        }
    }

    @Says("Support vector regression (Drucker et al. 1996). Features should be standardised. Values only.")
    record Svr(
            @Says("How near two rows are.") @Default("rbf") Kernel kernel,

            @Says("The weight of errors beside that of a flat function.") @Within(above = 0, to = 1e9) @Default("1.0")
            double cost,

            @Says("Of the kernel rbf; 0 for 1 / (features * the variance of all their values).")
            @Within(from = 0, to = 1e9)
            @Default("0.0")
            double gamma,

            @Says("Errors up to here cost nothing, in the unit of the target.")
            @Within(from = 0, to = 1e9)
            @Default("0.1")
            double epsilon)
            implements Trainer {
        public Svr {
            checkMachine(cost, gamma);
            Expect.range("epsilon", epsilon, 0.0, 1e9);
        }

        @Override
        public boolean learnsLabels() {
            return false;
        }
    }

    @Says(
            "Trees one after the other, each of what those before it left over (Chen and Guestrin 2016); with more than two labels one for each label. Labels and values.")
    record GradientBoosting(
            @Says("Trees that are grown, of more than two labels for each.")
            @Within(from = 1, to = 10_000)
            @Default("100")
            int trees,

            @Says("Questions from the root of a tree to a leaf, at most.")
            @Within(from = 1, to = MAXIMUM_DEPTH)
            @Default("4")
            int depth,

            @Says("The share of each tree's answer that counts.") @Within(above = 0, to = 1) @Default("0.1")
            double learningRate,

            @Says("Added to the weight of a leaf's rows, which makes its answer smaller.")
            @Within(from = 0, to = 1e9)
            @Default("1.0")
            double lambda,

            @Says(
                    "The least weight of the rows on each side of a split: their number for values, their uncertainty p (1 - p) for labels.")
            @Within(from = 0, to = 1e9)
            @Default("1.0")
            double minimumChildWeight,

            @Says("The share of the rows that each tree grows on, drawn without replacement.")
            @Within(above = 0, to = 1)
            @Default("1.0")
            double subsample)
            implements Trainer {
        @Override
        public boolean takesWeights() {
            return true;
        }

        @Override
        public String parts() {
            return "trees";
        }

        public GradientBoosting {
            checkTrees(trees, depth, 1, 2, 1);
            Expect.that(learningRate > 0 && learningRate <= 1, "learning_rate", learningRate, "above 0, up to 1");
            Expect.range("lambda", lambda, 0.0, 1e9);
            Expect.range("minimum_child_weight", minimumChildWeight, 0.0, 1e9);
            Expect.that(subsample > 0 && subsample <= 1, "subsample", subsample, "above 0, up to 1");
        }
    }

    private static void checkTrees(int trees, int depth, double featureFraction, int minimumSplit, int minimumLeaf) {
        Expect.range("trees", trees, 1, 10_000);
        Expect.range("depth", depth, 1, MAXIMUM_DEPTH);
        Expect.that(
                featureFraction > 0 && featureFraction <= 1, "feature_fraction", featureFraction, "above 0, up to 1");
        Expect.range("minimum_split", minimumSplit, 2, 1_000_000);
        Expect.range("minimum_leaf", minimumLeaf, 1, 1_000_000);
    }

    private static void checkMachine(double cost, double gamma) {
        Expect.that(cost > 0 && cost <= 1e9, "cost", cost, "above 0, up to 1.0E9");
        Expect.range("gamma", gamma, 0.0, 1e9);
    }

    private static void checkPenalty(double penalty) {
        Expect.range("penalty", penalty, 0.0, 1e9);
    }
}
