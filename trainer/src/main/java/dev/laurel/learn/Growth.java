package dev.laurel.learn;

import dev.laurel.definition.Trainer;

/**
 * How the trees of a forest grow. A row that was drawn twice counts twice.
 *
 * @param depth splits between the root and a leaf, at most
 * @param featureFraction the share of the features that each split chooses from
 * @param minimumSplit rows that a node needs to be split
 * @param minimumLeaf rows that each side of a split needs
 * @param drawsRows whether each tree has as many rows as there are, drawn with replacement, or all of them once
 * @param drawsThresholds whether each feature is tried at one random threshold, or at all between its values
 */
record Growth(
        int trees,
        int depth,
        double featureFraction,
        int minimumSplit,
        int minimumLeaf,
        boolean drawsRows,
        boolean drawsThresholds) {

    static Growth of(Trainer.RandomForest forest) {
        return new Growth(
                forest.trees(),
                forest.depth(),
                forest.featureFraction(),
                forest.minimumSplit(),
                forest.minimumLeaf(),
                true,
                false);
    }

    static Growth of(Trainer.ExtraTrees forest) {
        return new Growth(
                forest.trees(),
                forest.depth(),
                forest.featureFraction(),
                forest.minimumSplit(),
                forest.minimumLeaf(),
                false,
                true);
    }

    static Growth of(Trainer.Bagging bagging) {
        return new Growth(
                bagging.trees(), bagging.depth(), 1, bagging.minimumSplit(), bagging.minimumLeaf(), true, false);
    }

    static Growth of(Trainer.DecisionTree tree) {
        return new Growth(1, tree.depth(), 1, tree.minimumSplit(), tree.minimumLeaf(), false, false);
    }

    int featuresPerSplit(int features) {
        return Math.max(1, (int) (featureFraction * features));
    }

    /** Whether a node of that many rows may have two sides. */
    boolean splits(int rows) {
        return rows >= minimumSplit && rows / 2 >= minimumLeaf;
    }
}
