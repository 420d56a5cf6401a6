package dev.laurel.definition;

import dev.laurel.model.Experiment;

/**
 * An experiment that was tried.
 *
 * @param score greater is better; NaN is worse than any
 */
public record Trial(Experiment experiment, double score) {
    public boolean isBetterThan(Trial other) {
        return Double.isNaN(other.score) ? !Double.isNaN(score) : score > other.score;
    }
}
