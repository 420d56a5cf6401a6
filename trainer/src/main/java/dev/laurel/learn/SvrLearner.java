package dev.laurel.learn;

import dev.laurel.definition.Trainer;
import dev.laurel.predictor.Compiled;
import java.util.List;

/** Support vector regression: Drucker, Burges, Kaufman, Smola and Vapnik, "Support vector regression machines" (1996). */
final class SvrLearner implements Learner<Trainer.Svr> {

    /** Draws nothing: the seed does not matter. */
    @Override
    public Compiled fit(Trainer.Svr trainer, Lesson lesson, long seed) {
        KernelRows kernel = KernelRows.of(lesson.vectors(), trainer.kernel(), trainer.gamma());
        Machine machine = Machine.ofValues(kernel, lesson.truth(), trainer.cost(), trainer.epsilon(), Smo.TOLERANCE);
        return Machine.compile(kernel, 1, List.of(machine), List.of());
    }
}
