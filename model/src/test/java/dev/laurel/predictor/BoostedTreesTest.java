package dev.laurel.predictor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.laurel.predictor.BoostedTrees.Link;
import dev.laurel.predictor.Trees.Node;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BoostedTreesTest {
    private static final Node STUMP = new Node.Split(0, 0.5, leaf(-1), leaf(2));

    /** The example of docs/model-file.md, byte by byte: the format is read by others, too. */
    @Test
    void isWrittenAsItIsDescribed() {
        BoostedTrees model = BoostedTrees.of(1, Link.LOGISTIC, new double[] {0.5}, List.of(STUMP, leaf(2)));

        assertThat(HexFormat.of().formatHex(PredictorFormat.encode(model)))
                .isEqualTo("10" + "4c415552454c2d505245444943544f52" // LAUREL-PREDICTOR
                        + "01" // version
                        + "0d" + "626f6f737465642d7472656573" // boosted-trees
                        + "01" // link: logistic
                        + "01" + "000000000000e03f" // one sum, which begins with 0.5
                        + "01" + "01" // inputs, scores in a leaf
                        + "01" + "000000000000e03f" // one threshold: 0.5
                        + "02" + "000000000000f0bf" + "0000000000000040" // leaves: -1, 2
                        + "02" // trees
                        + "01" + "00" + "0000" + "0001" // input 1 > threshold 0; leaf 0; leaf 1
                        + "0001"); // leaf 1
    }

    @Test
    void addsTheLeavesToTheBase() {
        BoostedTrees model = BoostedTrees.of(1, Link.IDENTITY, new double[] {10}, List.of(STUMP, leaf(0.25)));

        assertThat(scores(model, 0.5)).containsExactly(9.25);
        assertThat(scores(model, 0.6)).containsExactly(12.25);
    }

    @Test
    void theSumIsTheOddsOfTheFirstOfTwoLabels() {
        BoostedTrees model = BoostedTrees.of(1, Link.LOGISTIC, new double[] {Math.log(3)}, List.of(leaf(0)));

        assertThat(scores(model, 0)).containsExactly(new double[] {0.75, 0.25}, within(1e-15));
    }

    /** Six trees in two rounds of three labels. */
    @Test
    void treesBelongToLabelsInTurn() {
        BoostedTrees model = BoostedTrees.of(
                1,
                Link.SOFTMAX,
                new double[3],
                List.of(leaf(Math.log(2)), leaf(0), leaf(0), leaf(0), leaf(Math.log(5)), leaf(0)));

        assertThat(scores(model, 0)).containsExactly(new double[] {2 / 8.0, 5 / 8.0, 1 / 8.0}, within(1e-15));
    }

    @Test
    void refusesPartsThatDoNotFit() {
        assertThatThrownBy(() -> BoostedTrees.of(1, Link.LOGISTIC, new double[2], List.of(STUMP, STUMP)))
                .hasMessage("model file: predictor: 2 sums (expected: those of LOGISTIC)");
        assertThatThrownBy(() -> BoostedTrees.of(1, Link.SOFTMAX, new double[2], List.of(STUMP)))
                .hasMessage("model file: predictor: 1 trees (expected: as many for each of 2 sums)");
        assertThatThrownBy(() -> BoostedTrees.of(1, Link.IDENTITY, new double[1], List.of(STUMP))
                        .expectShares())
                .hasMessage("model file: predictor: sums as they are (expected: shares, for labels)");
    }

    private static Node leaf(double score) {
        return new Node.Leaf(List.of(score));
    }

    /** One for vectors of four numbers. */
    static BoostedTrees drawn(Link link) {
        Random random = new Random(link.ordinal());
        double[] bases = random.doubles(link == Link.SOFTMAX ? 3 : 1).toArray();
        List<Node> trees = IntStream.range(0, 3 * bases.length)
                .mapToObj(tree -> node(3, random))
                .toList();
        return BoostedTrees.of(4, link, bases, trees);
    }

    private static Node node(int depth, Random random) {
        return depth == 0
                ? leaf(random.nextGaussian())
                : new Node.Split(
                        random.nextInt(4),
                        random.nextInt(41) / 20.0 - 1,
                        node(depth - 1, random),
                        node(depth - 1, random));
    }

    private static double[] scores(Compiled model, double... vector) {
        double[] scores = new double[model.outputs()];
        model.scores(vector, scores);
        return scores;
    }
}
