package dev.laurel.gate;

import dev.laurel.model.Expect;
import dev.laurel.model.Metric;
import dev.laurel.model.Says;
import dev.laurel.model.Within;

/** Another metric, by which the challenger may be worse, but not by much. */
@Says("By another metric it must not be worse by more than a number.")
public record NotWorse(
        @Says("The other metric; one that the target has.") Metric metric,

        @Says("How much worse it may be, in units of the metric.") @Within(from = 0, to = 1_000_000)
        double by)
        implements Rule {
    public NotWorse {
        Expect.range("by", by, 0.0, 1_000_000.0);
    }

    @Override
    public Metric compared() {
        return metric;
    }

    @Override
    public RuleFinding judge(Contest contest) {
        double challenger = contest.challenger().metrics().get(metric);
        double champion = contest.opponent().metrics().get(metric);
        return metric.gain(challenger, champion) >= -by - Contest.ROUNDING
                ? RuleFinding.NONE
                : RuleFinding.reason(RuleFinding.worse(metric.toString(), challenger, champion, by));
    }
}
