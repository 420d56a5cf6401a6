package dev.laurel.store;

/**
 * Answers against what turned out to be true, as sums: those of several servers add up.
 *
 * @param rows whose truth is known
 * @param right of labels, how many were right
 * @param absolute of values, the sum of the sizes of errors
 * @param squares of values, the sum of squared errors
 * @param fourths of values, the sum of their fourth powers, from which the interval of a mean of squares follows
 */
public record Tally(long rows, long right, double absolute, double squares, double fourths) {
    public static final Tally NONE = new Tally(0, 0, 0, 0, 0);

    public static Tally of(GivenAnswer answer, Truth truth) {
        Double predicted = answer.value();
        Double actual = truth.value();
        if (predicted == null || actual == null) {
            return new Tally(1, answer.predicted().equals(truth.actual()) ? 1 : 0, 0, 0, 0);
        }
        double error = predicted - actual;
        return new Tally(1, 0, Math.abs(error), error * error, Math.pow(error, 4));
    }

    public Tally plus(Tally other) {
        return new Tally(
                rows + other.rows,
                right + other.right,
                absolute + other.absolute,
                squares + other.squares,
                fourths + other.fourths);
    }
}
