package dev.laurel.definition;

import dev.laurel.model.Default;
import dev.laurel.model.Expect;

/**
 * The learning algorithm of a definition, with its hyperparameters; experiments are other values of these.
 *
 * <p>A new kind is a record here, its name in {@code dev.laurel.yaml.Kinds} and its learner in the list of {@code Learners}.
 */
public sealed interface Trainer {
    int MAXIMUM_DEPTH = 64;

    /** Whether it can learn labels. */
    default boolean learnsLabels() {
        return true;
    }

    /** Whether it can learn values. */
    default boolean learnsValues() {
        return true;
    }

    /**
     * Trees on rows drawn with replacement, each split from some features (Breiman 2001).
     *
     * @param featureFraction the share of the features that each split of a tree chooses from
     * @param minimumSplit rows that a node needs to be split
     * @param minimumLeaf rows that each side of a split needs
     */
    record RandomForest(
            @Default("100") int trees,
            @Default("12") int depth,
            @Default("0.5") double featureFraction,
            @Default("2") int minimumSplit,
            @Default("1") int minimumLeaf)
            implements Trainer {
        public RandomForest {
            checkTrees(trees, depth, featureFraction, minimumSplit, minimumLeaf);
        }
    }

    /** Trees on all rows, each split at random places of some features, of which the best is taken (Geurts, Ernst and Wehenkel 2006). */
    record ExtraTrees(
            @Default("100") int trees,
            @Default("12") int depth,
            @Default("0.5") double featureFraction,
            @Default("2") int minimumSplit,
            @Default("1") int minimumLeaf)
            implements Trainer {
        public ExtraTrees {
            checkTrees(trees, depth, featureFraction, minimumSplit, minimumLeaf);
        }
    }

    /** Trees on rows drawn with replacement, each split from all features (Breiman 1996). */
    record Bagging(
            @Default("30") int trees,
            @Default("12") int depth,
            @Default("2") int minimumSplit,
            @Default("1") int minimumLeaf)
            implements Trainer {
        public Bagging {
            checkTrees(trees, depth, 1, minimumSplit, minimumLeaf);
        }
    }

    /** One tree on all rows (Breiman, Friedman, Olshen and Stone 1984). */
    record DecisionTree(
            @Default("6") int depth,
            @Default("2") int minimumSplit,
            @Default("1") int minimumLeaf) implements Trainer {
        public DecisionTree {
            checkTrees(1, depth, 1, minimumSplit, minimumLeaf);
        }
    }

    /**
     * Logistic regression, multinomial with more than two labels.
     *
     * @param penalty the weight of half the sum of squared coefficients, for each row; features should be standardised
     */
    record Logistic(@Default("0.001") double penalty) implements Trainer {
        public Logistic {
            checkPenalty(penalty);
        }

        @Override
        public boolean learnsValues() {
            return false;
        }
    }

    /** Ordinary least squares. */
    record Linear() implements Trainer {
        @Override
        public boolean learnsLabels() {
            return false;
        }
    }

    /**
     * Least squares with a penalty on the squares of the coefficients (Hoerl and Kennard 1970).
     *
     * @param penalty the weight of the sum of squared coefficients beside the sum of squared errors; features should be standardised
     */
    record Ridge(@Default("1.0") double penalty) implements Trainer {
        public Ridge {
            checkPenalty(penalty);
        }

        @Override
        public boolean learnsLabels() {
            return false;
        }
    }

    /**
     * Least squares with a penalty on the sizes of the coefficients, which makes some of them 0 (Tibshirani 1996).
     *
     * @param penalty the weight of the sum of sizes beside half the mean of squared errors; features should be standardised
     */
    record Lasso(@Default("0.1") double penalty) implements Trainer {
        public Lasso {
            checkPenalty(penalty);
        }

        @Override
        public boolean learnsLabels() {
            return false;
        }
    }

    /**
     * Both penalties (Zou and Hastie 2005).
     *
     * @param penalty their weight beside half the mean of squared errors
     * @param lassoShare the share of the penalty on sizes, 0..1
     */
    record ElasticNet(
            @Default("0.1") double penalty, @Default("0.5") double lassoShare) implements Trainer {
        public ElasticNet {
            checkPenalty(penalty);
            Expect.range("lasso_share", lassoShare, 0.0, 1.0);
        }

        @Override
        public boolean learnsLabels() {
            return false;
        }
    }

    /** The mean of the nearest training rows by Euclidean distance (Cover and Hart 1967). Features should be standardised. */
    record Knn(@Default("5") int neighbours) implements Trainer {
        public Knn {
            Expect.range("neighbours", neighbours, 1, 1000);
        }
    }

    /** How alike two rows are for a support vector machine. */
    enum Kernel {
        /** {@code exp(-gamma |a - b|^2)}. */
        RBF,
        /** The product of the two. */
        LINEAR
    }

    /**
     * A support vector machine, with more than two labels one for each against all others (Cortes and Vapnik 1995); probabilities by Platt
     * scaling. Features should be standardised.
     *
     * @param cost the weight of rows on the wrong side beside that of a wide margin
     * @param gamma of the kernel rbf; 0 for 1 / (features * the variance of all their values)
     */
    record Svc(
            @Default("rbf") Kernel kernel,
            @Default("1.0") double cost,
            @Default("0.0") double gamma) implements Trainer {
        public Svc {
            checkMachine(cost, gamma);
        }

        @Override
        public boolean learnsValues() {
            return false;
        }
    }

    /**
     * Support vector regression (Drucker et al. 1996). Features should be standardised.
     *
     * @param cost the weight of errors beside that of a flat function
     * @param gamma of the kernel rbf; 0 for 1 / (features * the variance of all their values)
     * @param epsilon errors up to here cost nothing, in the unit of the target
     */
    record Svr(
            @Default("rbf") Kernel kernel,
            @Default("1.0") double cost,
            @Default("0.0") double gamma,
            @Default("0.1") double epsilon)
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

    /**
     * Trees one after the other, each of what those before it left over (Chen and Guestrin 2016); with more than two labels one for each
     * label.
     *
     * @param learningRate the share of each tree's answer that counts
     * @param lambda added to the weight of a leaf's rows, which makes its answer smaller
     * @param minimumChildWeight of the rows on each side of a split: their number for values, their uncertainty {@code p (1 - p)} for labels
     * @param subsample the share of the rows that each tree grows on, drawn without replacement
     */
    record GradientBoosting(
            @Default("100") int trees,
            @Default("4") int depth,
            @Default("0.1") double learningRate,
            @Default("1.0") double lambda,
            @Default("1.0") double minimumChildWeight,
            @Default("1.0") double subsample)
            implements Trainer {
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
