package dev.laurel.learn;

import dev.laurel.definition.Trainer;
import dev.laurel.predictor.Compiled;
import java.util.Optional;

/** Fits models of one kind. The same trainer, lesson and seed always give the same model, on every machine. */
@FunctionalInterface
interface Learner<T extends Trainer> {
    Compiled fit(T trainer, Lesson lesson, long seed);

    /** The same; empty when a checkpoint gave it up. Learners that have nothing to show on the way pass no checkpoint. */
    default Optional<Compiled> fit(T trainer, Lesson lesson, long seed, Checkpoint checkpoint) {
        return Optional.of(fit(trainer, lesson, seed));
    }
}
