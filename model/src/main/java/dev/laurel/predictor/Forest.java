package dev.laurel.predictor;

/**
 * The trees of a random forest in flat arrays, one node after the other. A split is followed by its branch for values that are not
 * greater; {@code greater} says where its other branch begins. A leaf has the feature {@link #LEAF} and holds its probability as value.
 */
final class Forest {
    static final int LEAF = -1;

    private final int[] roots;
    private final int[] feature;
    private final int[] greater;
    private final double[] value;

    /** Takes the arrays as they are. */
    Forest(int[] roots, int[] feature, int[] greater, double[] value) {
        this.roots = roots;
        this.feature = feature;
        this.greater = greater;
        this.value = value;
    }

    /** The mean of the probabilities in the leaves that {@code vector} leads to. */
    double probability(double[] vector) {
        double sum = 0;
        for (int root : roots) {
            int node = root;
            while (feature[node] != LEAF) {
                node = vector[feature[node]] > value[node] ? greater[node] : node + 1;
            }
            sum += value[node];
        }
        return sum / roots.length;
    }
}
