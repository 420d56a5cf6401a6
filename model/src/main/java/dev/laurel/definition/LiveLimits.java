package dev.laurel.definition;

import dev.laurel.model.Expect;
import dev.laurel.model.LiveEvidence;
import dev.laurel.model.Says;
import dev.laurel.model.Within;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a champion has to keep on live traffic. */
@Says("What the champion has to keep on live traffic; one that does not is rolled back by automation, and held.")
public record LiveLimits(
        @Says("Answers after which it is looked at.") @Within(from = 1, to = 1_000_000_000)
        int minimumAnswers,

        @Says("The largest share of requests that it may fail to answer, 0..1.") @Within(from = 0, to = 1)
        double mostErrors,

        @Says("The longest time in milliseconds that 99 of 100 requests may take in it; absent: any.")
        @Nullable
        @Within(from = 0.001, to = 3_600_000)
        Double p99Millis,

        @Says("What feedback has to say of it; absent: anything.") @Nullable
        FeedbackLimit feedback) {
    public LiveLimits {
        Expect.range("minimum_answers", minimumAnswers, 1, 1_000_000_000);
        Expect.range("most_errors", mostErrors, 0.0, 1.0);
        if (p99Millis != null) {
            Expect.range("p99_millis", p99Millis, 0.001, 3_600_000.0);
        }
    }

    /**
     * What the champion does not keep, for people; empty while all is well or too little is known.
     *
     * @param known by the metric that {@code feedback} asks for; null where there is none
     */
    public List<String> broken(LiveEvidence.Side champion, LiveEvidence.@Nullable Truth known) {
        List<String> broken = new ArrayList<>();
        if (feedback != null && known != null) {
            feedback.broken(known).ifPresent(broken::add);
        }
        if (champion.answers() + champion.errors() < minimumAnswers) {
            return broken;
        }
        if (champion.errorShare() > mostErrors) {
            broken.add("errors: %s of %s (expected: at most a share of %s)"
                    .formatted(champion.errors(), champion.answers() + champion.errors(), mostErrors));
        }
        if (p99Millis != null && champion.p99Micros() > p99Millis * 1000) {
            broken.add("p99: %s us (expected: at most %s ms)".formatted(champion.p99Micros(), p99Millis));
        }
        return broken;
    }
}
