package dev.laurel.learn;

import dev.laurel.predictor.Calibrated.Points;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The rising function with the least squared errors, by pooling adjacent violators: Ayer, Brunk, Ewing, Reid and Silverman, "An empirical
 * distribution function for sampling with incomplete information" (1955). Between its steps it goes straight, as scikit-learn's.
 */
final class Isotonic {
    private Isotonic() {}

    /** Rows that have the same answer. */
    private record Block(double from, double to, double positives, int rows) {
        double share() {
            return positives / rows;
        }

        Block with(Block next) {
            return new Block(from, next.to, positives + next.positives, rows + next.rows);
        }
    }

    static Points of(double[] probabilities, boolean[] isPositive) {
        Integer[] order = new Integer[probabilities.length];
        Arrays.setAll(order, row -> row);
        Arrays.sort(order, (left, right) -> Double.compare(probabilities[left], probabilities[right]));
        List<Block> blocks = new ArrayList<>();
        for (int row : order) {
            Block next = new Block(probabilities[row], probabilities[row], isPositive[row] ? 1 : 0, 1);
            while (!blocks.isEmpty() && mustJoin(blocks.get(blocks.size() - 1), next)) {
                next = blocks.remove(blocks.size() - 1).with(next);
            }
            blocks.add(next);
        }
        double[] from = new double[2 * blocks.size()];
        double[] to = new double[from.length];
        int points = 0;
        for (Block block : blocks) {
            from[points] = block.from();
            to[points++] = block.share();
            if (block.to() > block.from()) {
                from[points] = block.to();
                to[points++] = block.share();
            }
        }
        return new Points(Arrays.copyOf(from, points), Arrays.copyOf(to, points));
    }

    /** Equal probabilities have one answer, and a greater one has no lesser. */
    private static boolean mustJoin(Block last, Block next) {
        return last.to() == next.from() || last.share() >= next.share();
    }
}
