package dev.laurel.gate;

import dev.laurel.evaluation.Interval;
import dev.laurel.evaluation.MetricIntervals;
import dev.laurel.model.Says;
import java.util.Locale;
import java.util.Optional;

/** The gain lies above 0 also beyond the rows that it was measured on. */
@Says(
        "The 95 % interval of the gain has to lie above 0, by a bootstrap that draws each row for both. Of more than 10,000 rows as many are looked at.")
public record Sure() implements Rule {
    @Override
    public RuleFinding judge(Contest contest) {
        Optional<Interval> interval =
                MetricIntervals.ofGain(contest.metric(), contest.challenger(), contest.opponent());
        return interval.isPresent() && interval.get().low() > 0
                ? RuleFinding.NONE
                : RuleFinding.reason(String.format(
                        Locale.ROOT,
                        "%s: the gain lies within %s (expected: above 0)",
                        contest.metric(),
                        interval.map(Sure::text).orElse("unknown bounds")));
    }

    private static String text(Interval interval) {
        return String.format(Locale.ROOT, "%+.4f..%+.4f", interval.low(), interval.high());
    }
}
