package dev.laurel.gate;

import dev.laurel.model.Says;
import java.util.Locale;

/** Better than answers that need no model. */
@Says("It has to be better than answers that need no model, by the gate's metric. Asked of the first version too.")
public record BeatsNaive() implements Rule {
    @Override
    public boolean isOfBoth() {
        return false;
    }

    @Override
    public RuleFinding judge(Contest contest) {
        double challenger = contest.challenger().metrics().get(contest.metric());
        double naive = contest.naive().get(contest.metric());
        return contest.metric().gain(challenger, naive) > 0
                ? RuleFinding.NONE
                : RuleFinding.reason(String.format(
                        Locale.ROOT,
                        "%s %.4f, without a model %.4f (expected: better)",
                        contest.metric(),
                        challenger,
                        naive));
    }
}
