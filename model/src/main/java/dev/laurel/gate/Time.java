package dev.laurel.gate;

import dev.laurel.model.Expect;
import dev.laurel.model.Says;
import dev.laurel.model.Within;
import java.util.Locale;

/** How long the answer to one row may take, on the machine that judges. */
@Says(
        "The answer to one row must not take longer than a number of microseconds, in the median, on the machine that judges. Asked of the first version too.")
public record Time(
        @Says("In microseconds.") @Within(above = 0, to = 1e9)
        double most) implements Rule {
    public Time {
        Expect.that(most > 0 && most <= 1e9, "most", most, "above 0, up to 1.0E9");
    }

    @Override
    public boolean isOfBoth() {
        return false;
    }

    @Override
    public boolean asksForTime() {
        return true;
    }

    @Override
    public RuleFinding judge(Contest contest) {
        AnswerTime time = contest.time();
        if (time == null) {
            return RuleFinding.reason("time of an answer: not measured");
        }
        String measured = String.format(
                Locale.ROOT, "time of an answer: %.1f microseconds on %s", time.microseconds(), time.machine());
        return time.microseconds() <= most
                ? RuleFinding.note(measured)
                : RuleFinding.reason(String.format(Locale.ROOT, "%s (expected: at most %.1f)", measured, most));
    }
}
