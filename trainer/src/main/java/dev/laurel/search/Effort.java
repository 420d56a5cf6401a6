package dev.laurel.search;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What a search may take, apart from what its definition says. Of these things only the number of trials has a part in what comes out.
 *
 * @param begins whether the trial of that number, from 0, is begun, asked when it would be; once it is not, none after it is. The first one
 *     always is
 * @param cores how many trials run at once
 * @param kept trials that are done already
 */
public record Effort(IntPredicate begins, int cores, KeptTrials kept) {

    /** All trials, on all cores. */
    public static Effort full() {
        return new Effort(trial -> true, Runtime.getRuntime().availableProcessors(), KeptTrials.NONE);
    }

    /** As many trials as those of a search that ran out of time. */
    public Effort trials(int most) {
        return new Effort(trial -> trial < most, cores, kept);
    }

    /** @param minutes from now; null for no limit */
    public Effort minutes(@Nullable Integer minutes, Clock clock) {
        if (minutes == null) {
            return this;
        }
        Instant end = clock.instant().plus(Duration.ofMinutes(minutes));
        return new Effort(trial -> clock.instant().isBefore(end), cores, kept);
    }

    public Effort cores(int number) {
        return new Effort(begins, number, kept);
    }

    public Effort kept(KeptTrials trials) {
        return new Effort(begins, cores, trials);
    }
}
