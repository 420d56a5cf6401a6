package dev.laurel.learn;

/**
 * Rows of a node in the order of a feature, on the way through which its best split is found.
 *
 * @param from where they begin; {@code to} is behind the last
 * @param count how many they are, where one that was drawn twice counts twice
 * @param minimumLeaf how many of them each side needs
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SplitSearch(long[] inOrder, int from, int to, int[] drawn, int count, int minimumLeaf) {

    /**
     * The last row of the left side.
     *
     * @param at where it stands in the order; negative where no split is good enough
     */
    record Best(int at, double score) {}

    boolean leavesEnough(int less) {
        return less >= minimumLeaf && count - less >= minimumLeaf;
    }

    /** Whether the next row has another value, so that there may be a split between the two. */
    boolean endsValue(int at) {
        return TrainingRows.place(inOrder[at]) != TrainingRows.place(inOrder[at + 1]);
    }
}
