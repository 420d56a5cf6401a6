package dev.laurel.predictor;

import dev.laurel.predictor.Trees.Node;
import java.util.Arrays;
import java.util.List;

/**
 * Trees whose leaves are added up, to one sum or in turn to one for each label: Friedman, "Greedy function approximation: a gradient
 * boosting machine" (2001).
 */
public final class BoostedTrees implements Compiled {
    private final Link link;
    private final double[] bases;
    private final Trees trees;

    /** How sums become answers. */
    public enum Link {
        /** The sum is the value. */
        IDENTITY(0),
        /** The sum is the logarithm of the odds of the first of two labels. */
        LOGISTIC(1),
        /** The shares of labels are in the proportions of the exponentials of their sums. */
        SOFTMAX(2);

        /** Its number in a file. */
        private final int number;

        Link(int number) {
            this.number = number;
        }

        private static Link read(FlatReader reader) {
            int number = reader.unsignedByte();
            return Arrays.stream(values())
                    .filter(link -> link.number == number)
                    .findFirst()
                    .orElseThrow(() -> new InvalidModelFileException("predictor: link %s".formatted(number)));
        }

        private boolean fits(int sums) {
            return this == SOFTMAX ? sums >= 2 : sums == 1;
        }
    }

    private BoostedTrees(Link link, double[] bases, Trees trees) {
        FlatReader.expect(link.fits(bases.length), "%s sums (expected: those of %s)".formatted(bases.length, link));
        FlatReader.expect(trees.outputs() == 1, "%s scores in a leaf (expected: 1)".formatted(trees.outputs()));
        FlatReader.expect(
                trees.count() % bases.length == 0,
                "%s trees (expected: as many for each of %s sums)".formatted(trees.count(), bases.length));
        this.link = link;
        this.bases = bases;
        this.trees = trees;
    }

    /**
     * @param bases with what each sum begins
     * @param trees each with one score in a leaf; the first tree is of the first sum, the next of the next, and so on round
     */
    public static BoostedTrees of(int inputs, Link link, double[] bases, List<Node> trees) {
        return new BoostedTrees(link, bases.clone(), Trees.of(inputs, 1, trees));
    }

    static void write(BoostedTrees model, FlatWriter writer) {
        writer.unsignedByte(model.link.number);
        writer.number(model.bases.length);
        writer.doubles(model.bases);
        TreesFormat.write(model.trees, writer);
    }

    static BoostedTrees read(FlatReader reader) {
        Link link = Link.read(reader);
        double[] bases = reader.doubles(reader.count(Double.BYTES));
        return new BoostedTrees(link, bases, TreesFormat.read(reader));
    }

    @Override
    public int inputs() {
        return trees.inputs();
    }

    @Override
    public int outputs() {
        return link == Link.LOGISTIC ? 2 : bases.length;
    }

    @Override
    public void scores(double[] vector, double[] scores) {
        System.arraycopy(bases, 0, scores, 0, bases.length);
        trees.addInTurn(vector, scores, bases.length);
        if (link == Link.LOGISTIC) {
            double sum = scores[0];
            // Each from its own side, so that neither loses digits near 1; StrictMath, so that every machine answers
            // the same.
            scores[0] = 1 / (1 + StrictMath.exp(-sum));
            scores[1] = 1 / (1 + StrictMath.exp(sum));
        } else if (link == Link.SOFTMAX) {
            Softmax.of(scores, bases.length);
        }
    }

    @Override
    public void expectShares() {
        FlatReader.expect(link != Link.IDENTITY, "sums as they are (expected: shares, for labels)");
    }
}
