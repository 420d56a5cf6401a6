package dev.laurel.drift;

import java.util.List;

/**
 * The distance of Wasserstein of order 1, or earth mover's distance: the area between both distribution functions (Vallender, "Calculation
 * of the Wasserstein distance between probability distributions on the line", 1974), which is how far a number was moved on average.
 */
final class Wasserstein {
    private Wasserstein() {}

    /** In the unit of the numbers. Between two edges the functions are taken for straight lines; below and above all edges it is exact. */
    static double distance(Cells then, Seen.Numbers now) {
        List<Double> edges = then.edges();
        double n = now.counts().stream().mapToLong(Long::longValue).sum();
        double m = then.counts().stream().mapToLong(Integer::longValue).sum();
        double area = (now.below() + now.above()) / n;
        double belowThen = 0;
        double belowNow = now.counts().get(0);
        for (int edge = 0; edge < edges.size() - 1; edge++) {
            belowThen += then.counts().get(edge);
            belowNow += now.counts().get(edge + 1);
            double left = belowNow / n - belowThen / m;
            double right = left + now.counts().get(edge + 2) / n - then.counts().get(edge + 1) / m;
            double width = edges.get(edge + 1) - edges.get(edge);
            area += width * (then.isOfSingleNumbers() ? Math.abs(left) : between(left, right));
        }
        return area;
    }

    /** The mean size of what goes from one number to another in a straight line. */
    private static double between(double left, double right) {
        return left * right >= 0
                ? Math.abs(left + right) / 2
                : (left * left + right * right) / (2 * (Math.abs(left) + Math.abs(right)));
    }
}
