package dev.laurel.learn;

import dev.laurel.definition.Experiment;

/** Fits models of one kind on the training rows that it was made with. The same rows, settings and seed always give the same model. */
public interface Learner {
    Fitted fit(Experiment experiment);
}
