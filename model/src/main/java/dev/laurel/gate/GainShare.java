package dev.laurel.gate;

import dev.laurel.model.Expect;
import dev.laurel.model.Says;
import dev.laurel.model.Within;
import java.util.Locale;

/** The gain as a share of the champion's value. */
@Says("The gain has to be at least so large a share of the champion's value, beside minimum_gain.")
public record GainShare(
        @Says("The share: 0.02 for two in a hundred.") @Within(from = -1000, to = 1000)
        double share) implements Rule {
    public GainShare {
        Expect.range("share", share, -1000.0, 1000.0);
    }

    @Override
    public RuleFinding judge(Contest contest) {
        double challenger = contest.challenger().metrics().get(contest.metric());
        double champion = contest.opponent().metrics().get(contest.metric());
        double gained = contest.metric().gain(challenger, champion) / Math.abs(champion);
        return gained >= share - Contest.ROUNDING
                ? RuleFinding.NONE
                : RuleFinding.reason(String.format(
                        Locale.ROOT,
                        "%s %.4f against %.4f, gain %+.2f %% (expected: at least %+.2f %%)",
                        contest.metric(),
                        challenger,
                        champion,
                        100 * gained,
                        100 * share));
    }
}
