package dev.laurel.gate;

import dev.laurel.model.Expect;
import dev.laurel.model.Says;
import dev.laurel.model.Within;

/** How large the model file may be. */
@Says("The model file must not be larger than a number of bytes. Asked of the first version too.")
public record FileSize(
        @Says("In bytes.") @Within(from = 1, to = 1e12) long most) implements Rule {
    public FileSize {
        Expect.range("most", most, 1, 1_000_000_000_000L);
    }

    @Override
    public boolean isOfBoth() {
        return false;
    }

    @Override
    public RuleFinding judge(Contest contest) {
        return contest.size() <= most
                ? RuleFinding.NONE
                : RuleFinding.reason("model file: %s bytes (expected: at most %s)".formatted(contest.size(), most));
    }
}
