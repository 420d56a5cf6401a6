package dev.laurel.model;

/** One set of hyperparameters of a random forest. */
public record Experiment(int trees, int depth) {
    public static final int MAXIMUM_DEPTH = 64;

    public Experiment {
        Expect.range("trees", trees, 1, 10_000);
        Expect.range("depth", depth, 1, MAXIMUM_DEPTH);
    }

    @Override
    public String toString() {
        return trees + "x" + depth;
    }
}
