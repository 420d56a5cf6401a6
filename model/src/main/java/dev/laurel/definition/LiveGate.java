package dev.laurel.definition;

import dev.laurel.model.ChallengerMode;
import dev.laurel.model.ChallengerPin;
import dev.laurel.model.Expect;
import dev.laurel.model.LiveEvidence;
import dev.laurel.model.Says;
import dev.laurel.model.Within;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rule by which live traffic decides about a challenger. */
@Says("The rule by which live traffic decides about a challenger, and about a champion that fails.")
public record LiveGate(
        @Says("How automation pins a challenger.") ChallengerMode mode,

        @Says("The share of the requests that such a challenger answers, in percent; of a canary only.")
        @Nullable
        @Within(from = 1, to = 99)
        Integer share,

        @Says("Answers that the challenger must have given before it is judged.") @Within(from = 1, to = 1_000_000_000)
        int minimumAnswers,

        @Says("Seconds for which the two must have stood beside each other before.") @Within(from = 0, to = 31_536_000)
        int minimumSeconds,

        @Says("By how much its share of errors may be above the champion's, 0..1.") @Within(from = 0, to = 1)
        double extraErrors,

        @Says("How many times the champion's p99 its own may be at most; below a millisecond any will do.")
        @Within(from = 1, to = 1000)
        double p99Factor,

        @Says("The smallest share of requests to which both have to give the same answer; absent: any.")
        @Nullable
        @Within(from = 0, to = 1)
        Double minimumAgreement,

        @Says("How it has to do by feedback, without which it is then not judged; absent: in any way.") @Nullable
        FeedbackRule feedback,

        @Says("When a champion is rolled back; absent: never.") @Nullable
        LiveLimits champion) {
    /** What nobody waits for. */
    private static final long UNNOTICED_MICROS = 1000;

    public LiveGate {
        ChallengerPin.expectShare(mode, share);
        Expect.range("minimum_answers", minimumAnswers, 1, 1_000_000_000);
        Expect.range("minimum_seconds", minimumSeconds, 0, 31_536_000);
        Expect.range("extra_errors", extraErrors, 0.0, 1.0);
        Expect.range("p99_factor", p99Factor, 1.0, 1000.0);
        if (minimumAgreement != null) {
            Expect.range("minimum_agreement", minimumAgreement, 0.0, 1.0);
        }
    }

    /** Judges a challenger by what was measured.  */
    public LiveVerdict judge(LiveEvidence live) {
        LiveEvidence.Side challenger = live.challenger();
        LiveEvidence.Side champion = live.champion();
        List<String> early = new ArrayList<>();
        if (challenger.answers() + challenger.errors() < minimumAnswers) {
            early.add("answers of %s: %s (expected: at least %s)"
                    .formatted(challenger.version(), challenger.answers(), minimumAnswers));
        } else if (minimumAgreement != null && live.compared() == 0) {
            early.add("compared answers: none (expected: some)");
        }
        if (live.seconds() < minimumSeconds) {
            early.add("seconds side by side: %s (expected: at least %s)".formatted(live.seconds(), minimumSeconds));
        }
        if (feedback != null) {
            feedback.missing(live.feedback()).ifPresent(early::add);
        }
        if (!early.isEmpty()) {
            return new LiveVerdict.NotYet(String.join("; ", early));
        }
        List<String> reasons = new ArrayList<>();
        if (challenger.errorShare() > champion.errorShare() + extraErrors) {
            reasons.add("errors: %s of %s against %s of %s (expected: a share at most %s above)"
                    .formatted(
                            challenger.errors(),
                            challenger.answers() + challenger.errors(),
                            champion.errors(),
                            champion.answers() + champion.errors(),
                            extraErrors));
        }
        if (challenger.p99Micros() > Math.max(UNNOTICED_MICROS, p99Factor * champion.p99Micros())) {
            reasons.add("p99: %s us against %s us (expected: at most %s times)"
                    .formatted(challenger.p99Micros(), champion.p99Micros(), p99Factor));
        }
        if (minimumAgreement != null && !(live.agreement() >= minimumAgreement)) {
            reasons.add("agreement: %s of %s (expected: a share of at least %s)"
                    .formatted(live.agreed(), live.compared(), minimumAgreement));
        }
        if (feedback != null && live.feedback() != null) {
            feedback.broken(live.feedback()).ifPresent(reasons::add);
        }
        return reasons.isEmpty() ? new LiveVerdict.Passed("live: " + live.summary()) : new LiveVerdict.Failed(reasons);
    }
}
