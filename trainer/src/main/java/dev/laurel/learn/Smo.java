package dev.laurel.learn;

/**
 * Sequential minimal optimisation: the weights with the greatest {@code sum of pull * weight - 1/2 sum of weight * weight' * kernel}, each
 * within its bounds, whose sum is 0. That is the dual of the support vector machines, with the weights signed: of labels the pull of a row
 * is 1 or -1, and its weight between 0 and cost times that.
 *
 * <p>Two weights move at a time, chosen by second order information; weights at a bound that will probably stay there are left out of
 * account meanwhile ("shrinking"): Fan, Chen and Lin, "Working set selection using second order information for training support vector
 * machines" (2005), and Chang and Lin, "LIBSVM: a library for support vector machines" (2011), section 4 and 5.
 */
final class Smo {
    /** How far the conditions of an optimum may be missed: LibSVM's and scikit-learn's. */
    static final double TOLERANCE = 1e-3;

    private static final int LEAST_STEPS = 1_000_000;
    private static final int STEPS_BETWEEN_SHRINKING = 1000;
    /** Instead of a curvature that is 0 or, by rounding, below. */
    private static final double LEAST_CURVATURE = 1e-12;

    private final KernelRows kernel;
    private final int[] rows;
    private final double[] pulls;
    private final double[] lowest;
    private final double[] highest;
    private final double tolerance;

    private final double[] weights;
    /** The slope of the objective: the pull less the sum of weights times kernel values. Out of date where a variable is not active. */
    private final double[] slopes;

    private final int[] active;
    private int actives;
    private boolean looked;

    /**
     * @param rows of the kernel, for each variable
     * @param pulls for each variable
     * @param lowest bound of each weight
     * @param highest bound of each weight; one of the two is 0
     */
    Smo(KernelRows kernel, int[] rows, double[] pulls, double[] lowest, double[] highest, double tolerance) {
        this.kernel = kernel;
        this.rows = rows;
        this.pulls = pulls;
        this.lowest = lowest;
        this.highest = highest;
        this.tolerance = tolerance;
        this.weights = new double[rows.length];
        this.slopes = pulls.clone();
        this.active = new int[rows.length];
        activateAll();
    }

    /** The optimum, as far as a limited number of steps leads. */
    Machine solve() {
        int pause = Math.min(rows.length, STEPS_BETWEEN_SHRINKING);
        int wait = pause;
        int most = Math.max(LEAST_STEPS, 10 * rows.length);
        for (int step = 0; step < most; step++) {
            if (--wait == 0) {
                wait = pause;
                shrink();
            }
            if (!move()) {
                if (actives == rows.length) {
                    break;
                }
                reconstruct();
                if (!move()) {
                    break;
                }
                wait = 1;
            }
        }
        reconstruct();
        return machine();
    }

    /** Moves one weight up and another down as far as is best; false when nothing is to be gained. */
    private boolean move() {
        int up = steepestUp();
        if (up < 0) {
            return false;
        }
        float[] ofUp = kernel.row(rows[up]);
        double flattest = Double.POSITIVE_INFINITY;
        int down = -1;
        double best = 0;
        for (int i = 0; i < actives; i++) {
            int each = active[i];
            if (weights[each] > lowest[each]) {
                flattest = Math.min(flattest, slopes[each]);
                double difference = slopes[up] - slopes[each];
                if (difference > 0) {
                    double gain = difference * difference / curvature(up, each, ofUp);
                    if (gain > best) {
                        best = gain;
                        down = each;
                    }
                }
            }
        }
        if (down < 0 || slopes[up] - flattest < tolerance) {
            return false;
        }
        move(up, down, ofUp);
        return true;
    }

    private int steepestUp() {
        int up = -1;
        for (int i = 0; i < actives; i++) {
            int each = active[i];
            if (weights[each] < highest[each] && (up < 0 || slopes[each] > slopes[up])) {
                up = each;
            }
        }
        return up;
    }

    private double curvature(int up, int down, float[] ofUp) {
        double curvature = (double) kernel.diagonal(rows[up]) + kernel.diagonal(rows[down]) - 2.0 * ofUp[rows[down]];
        return curvature > 0 ? curvature : LEAST_CURVATURE;
    }

    private void move(int up, int down, float[] ofUp) {
        float[] ofDown = kernel.row(rows[down]);
        double above = highest[up] - weights[up];
        double below = weights[down] - lowest[down];
        double length = (slopes[up] - slopes[down]) / curvature(up, down, ofUp);
        length = Math.min(length, Math.min(above, below));
        // Exactly onto a bound that is reached: it is asked for later.
        weights[up] = length >= above ? highest[up] : weights[up] + length;
        weights[down] = length >= below ? lowest[down] : weights[down] - length;
        for (int i = 0; i < actives; i++) {
            int each = active[i];
            slopes[each] -= length * ((double) ofUp[rows[each]] - ofDown[rows[each]]);
        }
    }

    /** Leaves out the variables at a bound whose slopes lead beyond it by more than any other's lead away from one. */
    private void shrink() {
        double steepest = steepest();
        double flattest = flattest();
        if (!looked && steepest - flattest <= 10 * tolerance) {
            looked = true;
            reconstruct();
        }
        int left = 0;
        for (int i = 0; i < actives; i++) {
            int each = active[i];
            boolean leaves = (weights[each] >= highest[each] && slopes[each] > steepest)
                    || (weights[each] <= lowest[each] && slopes[each] < flattest);
            if (!leaves) {
                active[left++] = each;
            }
        }
        actives = left;
    }

    /** The greatest slope of a weight that may still grow. */
    private double steepest() {
        int up = steepestUp();
        return up < 0 ? Double.NEGATIVE_INFINITY : slopes[up];
    }

    /** The least slope of a weight that may still fall. */
    private double flattest() {
        double flattest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < actives; i++) {
            int each = active[i];
            if (weights[each] > lowest[each]) {
                flattest = Math.min(flattest, slopes[each]);
            }
        }
        return flattest;
    }

    /** All variables are active again, with the slopes that they have now. */
    private void reconstruct() {
        if (actives == rows.length) {
            return;
        }
        boolean[] upToDate = new boolean[rows.length];
        for (int i = 0; i < actives; i++) {
            upToDate[active[i]] = true;
        }
        for (int each = 0; each < rows.length; each++) {
            slopes[each] = upToDate[each] ? slopes[each] : pulls[each];
        }
        for (int other = 0; other < rows.length; other++) {
            if (weights[other] != 0) {
                float[] ofOther = kernel.row(rows[other]);
                for (int each = 0; each < rows.length; each++) {
                    if (!upToDate[each]) {
                        slopes[each] -= weights[other] * ofOther[rows[each]];
                    }
                }
            }
        }
        activateAll();
    }

    private void activateAll() {
        for (int each = 0; each < active.length; each++) {
            active[each] = each;
        }
        actives = active.length;
    }

    private Machine machine() {
        double intercept = intercept();
        double[] together = new double[kernel.rows()];
        double[] decisions = new double[kernel.rows()];
        for (int each = 0; each < rows.length; each++) {
            together[rows[each]] += weights[each];
            decisions[rows[each]] = pulls[each] - slopes[each] + intercept;
        }
        return new Machine(together, intercept, decisions);
    }

    /** The slope of the weights within their bounds, which is the same for all of them; without such, half-way between those at bounds. */
    private double intercept() {
        double sum = 0;
        int free = 0;
        for (int each = 0; each < rows.length; each++) {
            if (weights[each] > lowest[each] && weights[each] < highest[each]) {
                sum += slopes[each];
                free++;
            }
        }
        if (free > 0) {
            return sum / free;
        }
        double steepest = steepest();
        double flattest = flattest();
        if (Double.isInfinite(steepest) || Double.isInfinite(flattest)) {
            return Double.isInfinite(steepest) ? flattest : steepest;
        }
        return (steepest + flattest) / 2;
    }
}
