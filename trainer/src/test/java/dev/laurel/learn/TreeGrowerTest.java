package dev.laurel.learn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.predictor.Trees.Node;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreeGrowerTest {
    private static final int DEEP = 64;

    @Test
    void splitsHalfWayBetweenTheTwoNearestOfBothLabels() {
        double[][] vectors = IntStream.range(0, 100)
                .mapToObj(i -> new double[] {i < 50 ? -4 : 3})
                .toArray(double[][]::new);

        Node.Split root = (Node.Split) grow(vectors, labels(i -> i < 50 ? 0 : 1, 100), DEEP, 1, 1);

        assertThat(root.threshold()).isEqualTo(-0.5);
        assertThat(root.lessOrEqual()).isEqualTo(new Node.Leaf(List.of(1.0, 0.0)));
        assertThat(root.greater()).isEqualTo(new Node.Leaf(List.of(0.0, 1.0)));
    }

    /** No number lies between the two, and their mean would be rounded up to the greater. */
    @Test
    void splitsBetweenNeighbouringNumbers() {
        double low = Math.nextDown(1.0);
        double[][] vectors = IntStream.range(0, 100)
                .mapToObj(i -> new double[] {i < 50 ? low : 1.0})
                .toArray(double[][]::new);

        Node.Split root = (Node.Split) grow(vectors, labels(i -> i < 50 ? 0 : 1, 100), DEEP, 1, 1);

        assertThat(root.threshold()).isEqualTo(low);
    }

    @Test
    void ofAllSplitsTakesTheOneWithTheLeastGiniImpurity() {
        Random random = new Random(3);
        double[][] vectors = vectors(random, 300, 4);
        int[] label = labels(i -> vectors[i][1] + 0.5 * vectors[i][2] > random.nextGaussian() ? 1 : 0, 300);

        Node.Split root = (Node.Split) grow(vectors, label, 1, 4, 9);

        int[] drawn = drawn(300, 9);
        double found = impurity(vectors, label, drawn, root.feature(), root.threshold());
        for (int feature = 0; feature < 4; feature++) {
            for (double[] vector : vectors) {
                assertThat(impurity(vectors, label, drawn, feature, vector[feature]))
                        .isGreaterThanOrEqualTo(found - 1e-9);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 7})
    void isNoDeeperThanItMayBe(int depth) {
        Random random = new Random(3);
        double[][] vectors = vectors(random, 500, 3);

        assertThat(depth(grow(vectors, labels(i -> random.nextInt(3), 500), depth, 2, 1)))
                .isEqualTo(depth);
    }

    @Test
    void looksAtOtherFeaturesWhereTheFirstHaveOneValue() {
        double[][] vectors = IntStream.range(0, 100)
                .mapToObj(i -> new double[] {7, 7, 7, 7, 7, i})
                .toArray(double[][]::new);

        Node.Split root = (Node.Split) grow(vectors, labels(i -> i < 50 ? 0 : 1, 100), DEEP, 1, 1);

        assertThat(root.feature()).isEqualTo(5);
    }

    @Test
    void rowsThatAreAlikeShareALeaf() {
        double[][] vectors =
                IntStream.range(0, 100).mapToObj(i -> new double[] {1, -0.0}).toArray(double[][]::new);
        vectors[3][1] = 0.0;

        Node.Leaf leaf = (Node.Leaf) grow(vectors, labels(i -> i % 4 == 0 ? 0 : 1, 100), DEEP, 2, 1);

        assertThat(leaf.scores().get(0)).isBetween(0.1, 0.4);
        assertThat(leaf.scores().get(0) + leaf.scores().get(1)).isEqualTo(1);
    }

    /** Of the rows that were drawn each ends in a leaf of its own label, since no two are alike. */
    @Test
    void learnsTheDrawnRowsByHeart() {
        Random random = new Random(5);
        double[][] vectors = vectors(random, 400, 5);
        int[] label = labels(i -> random.nextInt(3), 400);

        Node tree = grow(vectors, label, DEEP, 2, 11);

        int[] drawn = drawn(400, 11);
        Set<Integer> different = new HashSet<>();
        for (int row = 0; row < 400; row++) {
            if (drawn[row] > 0) {
                different.add(row);
                assertThat(leaf(tree, vectors[row]).scores().get(label[row])).isEqualTo(1);
            }
        }
        assertThat(different).hasSizeBetween(230, 280);
    }

    private static Node grow(double[][] vectors, int[] label, int depth, int featuresPerSplit, long seed) {
        int labels = Arrays.stream(label).max().orElseThrow() + 1;
        return new TreeGrower(TrainingRows.of(vectors, label, labels), depth, featuresPerSplit, new Random(seed))
                .grow();
    }

    /** What a grower draws with that seed. */
    private static int[] drawn(int rows, long seed) {
        Random random = new Random(seed);
        int[] drawn = new int[rows];
        for (int i = 0; i < rows; i++) {
            drawn[random.nextInt(rows)]++;
        }
        return drawn;
    }

    private static double[][] vectors(Random random, int rows, int features) {
        return IntStream.range(0, rows)
                .mapToObj(row -> random.doubles(features).toArray())
                .toArray(double[][]::new);
    }

    private static int[] labels(IntUnaryOperator label, int rows) {
        return IntStream.range(0, rows).map(label).toArray();
    }

    /** Rows times Gini impurity, of both sides. */
    private static double impurity(double[][] vectors, int[] label, int[] drawn, int feature, double threshold) {
        double[][] counts = new double[2][2];
        for (int row = 0; row < vectors.length; row++) {
            counts[vectors[row][feature] > threshold ? 1 : 0][label[row]] += drawn[row];
        }
        double impurity = 0;
        for (double[] side : counts) {
            double sum = side[0] + side[1];
            impurity +=
                    sum == 0 ? 0 : sum * (1 - (side[0] / sum) * (side[0] / sum) - (side[1] / sum) * (side[1] / sum));
        }
        return impurity;
    }

    private static int depth(Node node) {
        return node instanceof Node.Split split ? 1 + Math.max(depth(split.lessOrEqual()), depth(split.greater())) : 0;
    }

    private static Node.Leaf leaf(Node tree, double[] vector) {
        Node node = tree;
        while (node instanceof Node.Split split) {
            node = vector[split.feature()] <= split.threshold() ? split.lessOrEqual() : split.greater();
        }
        return (Node.Leaf) node;
    }
}
