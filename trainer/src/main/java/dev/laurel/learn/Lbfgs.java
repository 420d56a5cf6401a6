package dev.laurel.learn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The least value of a smooth convex function, by limited-memory BFGS: Nocedal and Wright, "Numerical Optimization"
 * (2006), algorithms 7.4 and 7.5. Steps fulfil the weak Wolfe conditions, found by bisection: Lewis and Overton,
 * "Nonsmooth optimization via quasi-Newton methods" (2013), algorithm 2.6.
 */
final class Lbfgs {
    private static final int MEMORY = 10;
    private static final int MOST_STEPS = 1000;
    private static final int MOST_TRIALS = 60;
    private static final double DECREASE = 1e-4;
    private static final double CURVATURE = 0.9;
    /** The largest slope at which it is at rest. */
    private static final double REST = 1e-9;

    private final Function function;
    /** The last moves, the newest last. */
    private final List<Move> moves = new ArrayList<>();

    @FunctionalInterface
    interface Function {
        /** The value at a point. Puts the slopes there into {@code gradient}. */
        double value(double[] point, double[] gradient);
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Place(double[] point, double[] gradient, double value) {}

    /** From one place to the next: how the point moved and how the gradient did. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Move(double[] point, double[] gradient, double product) {}

    private Lbfgs(Function function) {
        this.function = function;
    }

    /** Where the function is least, as far as a limited number of steps from 0 leads; empty when the watch ended it. */
    static Optional<double[]> least(Function function, int length, Watch watch) {
        return new Lbfgs(function).least(length, watch);
    }

    private Optional<double[]> least(int length, Watch watch) {
        Place place = at(new double[length]);
        for (int step = 0; step < MOST_STEPS && steepest(place.gradient()) > REST; step++) {
            if (!watch.goesOn(step, place.point())) {
                return Optional.empty();
            }
            Place next = next(place, direction(place.gradient()));
            if (next == null) {
                break; // no more to be seen than rounding
            }
            remember(place, next);
            place = next;
        }
        return Optional.of(place.point());
    }

    private Place at(double[] point) {
        double[] gradient = new double[point.length];
        double value = function.value(point, gradient);
        return new Place(point, gradient, value);
    }

    private @Nullable Place next(Place place, double[] direction) {
        double slope = Centred.dot(place.gradient(), direction);
        // What rounding alone may add to the value.
        double slack = 8 * Math.ulp(place.value());
        double low = 0;
        double high = Double.POSITIVE_INFINITY;
        double length = moves.isEmpty() ? Math.min(1, 1 / Math.sqrt(-slope)) : 1;
        for (int trial = 0; trial < MOST_TRIALS; trial++) {
            Place next = at(sum(place.point(), length, direction));
            if (!(next.value() <= place.value() + DECREASE * length * slope + slack)) {
                high = length;
            } else if (Centred.dot(next.gradient(), direction) < CURVATURE * slope) {
                low = length;
            } else {
                return next;
            }
            length = Double.isInfinite(high) ? 2 * low : low / 2 + high / 2;
        }
        return null;
    }

    private void remember(Place from, Place to) {
        double[] point = sum(to.point(), -1, from.point());
        double[] gradient = sum(to.gradient(), -1, from.gradient());
        double product = Centred.dot(point, gradient);
        if (product > 0) {
            if (moves.size() == MEMORY) {
                moves.remove(0);
            }
            moves.add(new Move(point, gradient, product));
        }
    }

    /** The negative gradient, times what the moves tell about the inverse of the second derivatives. */
    private double[] direction(double[] gradient) {
        double[] direction = sum(new double[gradient.length], -1, gradient);
        double[] shares = new double[moves.size()];
        for (int i = moves.size() - 1; i >= 0; i--) {
            Move move = moves.get(i);
            shares[i] = Centred.dot(move.point(), direction) / move.product();
            direction = sum(direction, -shares[i], move.gradient());
        }
        if (!moves.isEmpty()) {
            Move newest = moves.get(moves.size() - 1);
            double scale = newest.product() / Centred.dot(newest.gradient(), newest.gradient());
            direction = sum(direction, scale - 1, direction);
        }
        for (int i = 0; i < shares.length; i++) {
            Move move = moves.get(i);
            double share = Centred.dot(move.gradient(), direction) / move.product();
            direction = sum(direction, shares[i] - share, move.point());
        }
        return direction;
    }

    private static double steepest(double[] gradient) {
        double steepest = 0;
        for (double slope : gradient) {
            steepest = Math.max(steepest, Math.abs(slope));
        }
        return steepest;
    }

    private static double[] sum(double[] vector, double times, double[] other) {
        double[] sum = new double[vector.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = vector[i] + times * other[i];
        }
        return sum;
    }
}
