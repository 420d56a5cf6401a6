package dev.laurel.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.laurel.predictor.Trees.Node;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreeGrowerTest {
    private static final int DEEP = 64;
    private static final Settings ALL_ROWS = new Settings(DEEP, 2, 1, false, false);

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

    @Test
    void splitsValuesWhereTheSquaredErrorsAreLeast() {
        // On the left 1, 2, 2 around 5/3, on the right 9, 8 around 17/2: 2/3 + 1/2. Any other split leaves more than
        // 20.
        double[][] vectors = {{5}, {1}, {3}, {4}, {2}};
        double[] values = {8, 1, 2, 9, 2};

        Node.Split root =
                (Node.Split) growValues(vectors, values, ALL_ROWS.depth(1).growth());

        assertThat(root.threshold()).isEqualTo(3.5);
        assertThat(score(root.lessOrEqual())).isCloseTo(5.0 / 3, within(1e-15));
        assertThat(score(root.greater())).isEqualTo(8.5);
    }

    @Test
    void ofAllSplitsTakesTheOneWithTheLeastSquaredErrors() {
        Random random = new Random(3);
        double[][] vectors = vectors(random, 200, 4);
        double[] values = Arrays.stream(vectors)
                .mapToDouble(vector -> 1e6 + vector[1] + vector[2] * vector[2] + random.nextDouble())
                .toArray();

        Node.Split root =
                (Node.Split) growValues(vectors, values, ALL_ROWS.depth(1).growth());

        double found = squaredErrors(vectors, values, root.feature(), root.threshold());
        for (int feature = 0; feature < 4; feature++) {
            for (double[] vector : vectors) {
                assertThat(squaredErrors(vectors, values, feature, vector[feature]))
                        .isGreaterThanOrEqualTo(found - 1e-6);
            }
        }
    }

    /** Squares of such values have no digits left for what they differ by. */
    @Test
    void splitsLargeValuesThatDifferLittle() {
        double[][] vectors = {{1}, {2}, {3}, {4}, {5}, {6}};
        double[] values = {1e12, 1e12, 1e12 + 0.5, 1e12 + 0.5, 1e12 + 0.5, 1e12 + 0.5};

        Node.Split root = (Node.Split) growValues(vectors, values, ALL_ROWS.growth());

        assertThat(root)
                .isEqualTo(new Node.Split(0, 2.5, new Node.Leaf(List.of(1e12)), new Node.Leaf(List.of(1e12 + 0.5))));
    }

    @Test
    void learnsValuesByHeart() {
        Random random = new Random(5);
        double[][] vectors = vectors(random, 300, 3);
        double[] values = random.doubles(300, -1e-3, 1e9).toArray();

        for (Node tree : List.of(
                growValues(vectors, values, ALL_ROWS.growth()),
                growValues(vectors, values, ALL_ROWS.drawsThresholds(true).growth()))) {
            for (int row = 0; row < 300; row++) {
                assertThat(score(leaf(tree, vectors[row]))).isEqualTo(values[row]);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void eachLeafHasEnoughRows(boolean drawsThresholds) {
        Random random = new Random(6);
        double[][] vectors = vectors(random, 300, 3);
        double[] values = random.doubles(300).toArray();

        Node tree = growValues(
                vectors,
                values,
                ALL_ROWS.minimumLeaf(7).drawsThresholds(drawsThresholds).growth());

        Map<Node, Long> rows = Arrays.stream(vectors)
                .collect(Collectors.groupingBy(vector -> leaf(tree, vector), Collectors.counting()));
        assertThat(rows).hasSizeGreaterThan(10);
        assertThat(rows.values()).allMatch(count -> count >= 7);
    }

    /** A row that was drawn twice counts twice. */
    @Test
    void eachLeafHasEnoughDrawnRows() {
        Random random = new Random(6);
        double[][] vectors = vectors(random, 300, 3);
        double[] values = random.doubles(300).toArray();

        Node tree = growValues(
                vectors, values, ALL_ROWS.drawsRows(true).minimumLeaf(7).growth());

        int[] drawn = drawn(300, 1);
        Map<Node, Integer> rows = IntStream.range(0, 300)
                .boxed()
                .collect(Collectors.groupingBy(
                        row -> leaf(tree, vectors[row]), Collectors.summingInt(row -> drawn[row])));
        assertThat(rows).hasSizeGreaterThan(10);
        assertThat(rows.values()).allMatch(count -> count >= 7);
    }

    @Test
    void splitsNoNodeWithFewerRowsThanItNeeds() {
        double[][] vectors = {{1}, {2}, {3}, {4}, {5}};
        double[] values = {1, 2, 3, 4, 5};

        assertThat(growValues(vectors, values, ALL_ROWS.minimumSplit(6).growth()))
                .isEqualTo(new Node.Leaf(List.of(3.0)));
        assertThat(depth(growValues(vectors, values, ALL_ROWS.minimumSplit(5).growth())))
                .isEqualTo(1);
    }

    @Test
    void looksAtOtherFeaturesWhereTheFirstHaveNoSplitWithEnoughRows() {
        double[][] vectors = IntStream.range(0, 10)
                .mapToObj(i -> new double[] {i == 0 ? 1 : 0, i == 3 ? 1 : 0, i})
                .toArray(double[][]::new);

        for (int seed = 0; seed < 20; seed++) {
            Growth growth = new Growth(1, 1, 0.3, 2, 5, false, false);
            Node.Split root = (Node.Split) grow(vectors, labels(i -> i % 2, 10), growth, seed);

            assertThat(root.feature()).isEqualTo(2);
            assertThat(root.threshold()).isEqualTo(4.5);
        }
    }

    @Test
    void drawsThresholdsFromBetweenTheLowestAndTheHighestValue() {
        double[][] vectors = {{1}, {2}, {4}};
        Growth growth = ALL_ROWS.depth(1).drawsThresholds(true).growth();
        double[] thresholds = IntStream.range(0, 2000)
                .mapToDouble(seed ->
                        ((Node.Split) grow(vectors, new int[] {0, 1, 0}, growth, seed * 7919L)).threshold())
                .toArray();

        assertThat(Arrays.stream(thresholds)).allMatch(threshold -> threshold >= 1 && threshold < 4);
        assertThat(Arrays.stream(thresholds).average().orElseThrow()).isCloseTo(2.5, within(0.1));
        // A third of the range lies below the value 2.
        assertThat(Arrays.stream(thresholds).filter(threshold -> threshold < 2).count())
                .isBetween(570L, 760L);
    }

    @Test
    void ofRandomThresholdsTakesTheBetterOne() {
        double[][] vectors = IntStream.range(0, 100)
                .mapToObj(i -> new double[] {i * 37 % 100, i < 50 ? -1 : 1})
                .toArray(double[][]::new);
        Growth growth = ALL_ROWS.depth(1).drawsThresholds(true).growth();

        for (int seed = 0; seed < 20; seed++) {
            assertThat(((Node.Split) grow(vectors, labels(i -> i < 50 ? 0 : 1, 100), growth, seed)).feature())
                    .isEqualTo(1);
        }
    }

    /** The growth of one tree on all rows and features, and what a test changes about it. */
    private record Settings(int depth, int minimumSplit, int minimumLeaf, boolean drawsRows, boolean drawsThresholds) {
        Settings depth(int changed) {
            return new Settings(changed, minimumSplit, minimumLeaf, drawsRows, drawsThresholds);
        }

        Settings minimumSplit(int changed) {
            return new Settings(depth, changed, minimumLeaf, drawsRows, drawsThresholds);
        }

        Settings minimumLeaf(int changed) {
            return new Settings(depth, minimumSplit, changed, drawsRows, drawsThresholds);
        }

        Settings drawsRows(boolean changed) {
            return new Settings(depth, minimumSplit, minimumLeaf, changed, drawsThresholds);
        }

        Settings drawsThresholds(boolean changed) {
            return new Settings(depth, minimumSplit, minimumLeaf, drawsRows, changed);
        }

        Growth growth() {
            return new Growth(1, depth, 1, minimumSplit, minimumLeaf, drawsRows, drawsThresholds);
        }
    }

    private static Node grow(double[][] vectors, int[] label, int depth, int featuresPerSplit, long seed) {
        // Half a feature more, since the share is rounded down.
        double fraction = Math.min(1, (featuresPerSplit + 0.5) / vectors[0].length);
        return grow(vectors, label, new Growth(1, depth, fraction, 2, 1, true, false), seed);
    }

    private static Node grow(double[][] vectors, int[] label, Growth growth, long seed) {
        int labels = Arrays.stream(label).max().orElseThrow() + 1;
        return new TreeGrower(TrainingRows.of(vectors), new Gini(label, labels), growth, new Random(seed)).grow();
    }

    private static Node growValues(double[][] vectors, double[] values, Growth growth) {
        Criterion criterion = new Variance(values, Centred.mean(values));
        return new TreeGrower(TrainingRows.of(vectors), criterion, growth, new Random(1)).grow();
    }

    private static double score(Node leaf) {
        return ((Node.Leaf) leaf).scores().get(0);
    }

    private static double squaredErrors(double[][] vectors, double[] values, int feature, double threshold) {
        double errors = 0;
        for (boolean greater : new boolean[] {false, true}) {
            double[] side = IntStream.range(0, values.length)
                    .filter(row -> vectors[row][feature] > threshold == greater)
                    .mapToDouble(row -> values[row])
                    .toArray();
            double mean = Arrays.stream(side).average().orElse(0);
            errors += Arrays.stream(side)
                    .map(value -> (value - mean) * (value - mean))
                    .sum();
        }
        return errors;
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
