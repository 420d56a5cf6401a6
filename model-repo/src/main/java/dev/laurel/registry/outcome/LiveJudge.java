package dev.laurel.registry.outcome;

import dev.laurel.definition.LiveGate;
import dev.laurel.definition.LiveVerdict;
import dev.laurel.model.ChallengerPin;
import dev.laurel.model.LiveEvidence;
import dev.laurel.model.Pin;

/** Judges a challenger by live traffic, against the champion of the moment and by the rules of the moment. */
@FunctionalInterface
public interface LiveJudge {
    LiveJudgement judge(Pin champion, ChallengerPin challenger, LiveGate rules);

    /** The verdict and what was measured. */
    record LiveJudgement(LiveVerdict verdict, LiveEvidence evidence) {}
}
