package dev.laurel.learn;

import java.util.List;
import java.util.Random;

/** Makes more rows of one label. */
@FunctionalInterface
interface Multiplier {
    /**
     * @param rows the vectors of all rows of the label, at least one
     * @param count of the rows to make
     */
    List<double[]> more(double[][] rows, int count, Random random);

    /** Each row as often as any other, or once more, in random order. */
    static int[] inTurn(int rows, int count, Random random) {
        int[] order = new int[rows];
        for (int row = 0; row < rows; row++) {
            order[row] = row;
        }
        for (int left = rows; left > 1; left--) {
            int chosen = random.nextInt(left);
            int row = order[chosen];
            order[chosen] = order[left - 1];
            order[left - 1] = row;
        }
        int[] turns = new int[count];
        for (int i = 0; i < count; i++) {
            turns[i] = order[i % rows];
        }
        return turns;
    }
}
