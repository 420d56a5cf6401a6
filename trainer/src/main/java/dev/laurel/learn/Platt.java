package dev.laurel.learn;

/**
 * The probability {@code 1 / (1 + exp(slope * decision + offset))} of a label, by the decision of a machine: Platt, "Probabilistic outputs
 * for support vector machines" (1999), fitted by Newton's method with backtracking as in Lin, Lin and Weng, "A note on Platt's probabilistic
 * outputs for support vector machines" (2007), whose names stand here: {@code A} is the slope, {@code B} the offset.
 */
record Platt(double slope, double offset) {
    private static final int MOST_STEPS = 100;
    private static final double SHORTEST_STEP = 1e-10;
    private static final double RIDGE = 1e-12;
    private static final double REST = 1e-5;
    private static final double DECREASE = 1e-4;

    /**
     * @param decisions of rows that the machine was not fitted on, so that they are not more certain than those of other rows will be
     * @param isPositive whether each of them has the label
     */
    static Platt of(double[] decisions, boolean[] isPositive) {
        double positives = 0;
        for (boolean positive : isPositive) {
            positives += positive ? 1 : 0;
        }
        double negatives = decisions.length - positives;
        double[] targets = new double[decisions.length];
        for (int row = 0; row < targets.length; row++) {
            targets[row] = isPositive[row] ? (positives + 1) / (positives + 2) : 1 / (negatives + 2);
        }
        Platt at = new Platt(0, StrictMath.log((negatives + 1) / (positives + 1)));
        double loss = at.loss(decisions, targets);
        for (int step = 0; step < MOST_STEPS; step++) {
            double h11 = RIDGE;
            double h22 = RIDGE;
            double h21 = 0;
            double g1 = 0;
            double g2 = 0;
            for (int row = 0; row < targets.length; row++) {
                double probability = at.probability(decisions[row]);
                double d2 = probability * (1 - probability);
                double d1 = targets[row] - probability;
                h11 += decisions[row] * decisions[row] * d2;
                h22 += d2;
                h21 += decisions[row] * d2;
                g1 += decisions[row] * d1;
                g2 += d1;
            }
            if (Math.abs(g1) < REST && Math.abs(g2) < REST) {
                break;
            }
            double determinant = h11 * h22 - h21 * h21;
            double towardsA = -(h22 * g1 - h21 * g2) / determinant;
            double towardsB = -(-h21 * g1 + h11 * g2) / determinant;
            double slope = g1 * towardsA + g2 * towardsB;
            Platt next = at;
            double length = 1;
            while (length >= SHORTEST_STEP) {
                Platt trial = new Platt(at.slope + length * towardsA, at.offset + length * towardsB);
                double lower = trial.loss(decisions, targets);
                if (lower < loss + DECREASE * length * slope) {
                    next = trial;
                    loss = lower;
                    break;
                }
                length /= 2;
            }
            if (length < SHORTEST_STEP) {
                break;
            }
            at = next;
        }
        return at;
    }

    double probability(double decision) {
        double exponent = slope * decision + offset;
        // StrictMath, so that every machine learns the same; never of a large number, which would be infinite.
        double small = StrictMath.exp(-Math.abs(exponent));
        return exponent >= 0 ? small / (1 + small) : 1 / (1 + small);
    }

    /** The negative logarithm of the likelihood of the targets. */
    private double loss(double[] decisions, double[] targets) {
        double loss = 0;
        for (int row = 0; row < targets.length; row++) {
            double exponent = slope * decisions[row] + offset;
            loss += StrictMath.log1p(StrictMath.exp(-Math.abs(exponent)))
                    + (exponent >= 0 ? targets[row] : targets[row] - 1) * exponent;
        }
        return loss;
    }
}
