package dev.laurel.learn;

import dev.laurel.definition.Trainer;
import dev.laurel.predictor.Compiled;

/** Fits models of one kind. The same trainer, lesson and seed always give the same model, on every machine. */
@FunctionalInterface
interface Learner<T extends Trainer> {
    Compiled fit(T trainer, Lesson lesson, long seed);
}
