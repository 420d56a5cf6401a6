package dev.laurel.model;

import java.util.List;
import java.util.Locale;

/** The gate's verdict with its reasons. A rejection is a result like any other, not an error. */
public record Decision(Verdict verdict, List<String> reasons) {

    /** What the gate said. */
    public enum Verdict {
        PASSED,
        REJECTED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Decision {
        reasons = List.copyOf(reasons);
        Expect.notEmpty("reasons", reasons);
    }

    public static Decision passed(String reason) {
        return new Decision(Verdict.PASSED, List.of(reason));
    }

    public static Decision rejected(List<String> reasons) {
        return new Decision(Verdict.REJECTED, reasons);
    }

    public boolean isPassed() {
        return verdict == Verdict.PASSED;
    }
}
