package dev.laurel.model;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What was measured of a challenger and its champion on live traffic, over all servers that were asked.
 *
 * @param servers how many were asked
 * @param seconds for which the two stood beside each other, in the server where that is shortest
 * @param compared answers that both gave to the same request
 * @param agreed how many of them were the same: the same label, or values within 5 % of the larger one
 * @param feedback how both did where it is known by now what was true; absent where the rules do not ask for it
 */
public record LiveEvidence(
        int servers,
        long seconds,
        Side challenger,
        Side champion,
        long compared,
        long agreed,
        @Nullable Feedback feedback) {

    /**
     * Both on the very same rows.
     *
     * @param challenger the value of the metric
     * @param champion the same
     */
    public record Feedback(LiveMetric metric, long rows, double challenger, double champion) {
        public Feedback {
            Expect.range("rows", rows, 1, Long.MAX_VALUE);
            expectValue("challenger", challenger);
            expectValue("champion", champion);
        }
    }

    /** One of the two, by a metric. */
    public record Truth(LiveMetric metric, long rows, double value) {}

    private static void expectValue(String name, double value) {
        Expect.that(value >= 0 && Double.isFinite(value), name, value, "a number from 0");
    }

    /**
     * One of the two.
     *
     * @param answers it gave
     * @param errors how often it should have given some and could not
     * @param p99Micros the time in microseconds that 99 of 100 requests took at most to be answered, in the slowest server
     */
    public record Side(Version version, long answers, long errors, long p99Micros) {
        public Side {
            Expect.range("answers", answers, 0, Long.MAX_VALUE);
            Expect.range("errors", errors, 0, Long.MAX_VALUE);
            Expect.range("p99_micros", p99Micros, 0, Long.MAX_VALUE);
        }

        /** The share of errors, 0..1. */
        public double errorShare() {
            return errors == 0 ? 0 : (double) errors / (answers + errors);
        }
    }

    /** Without feedback. */
    public LiveEvidence(int servers, long seconds, Side challenger, Side champion, long compared, long agreed) {
        this(servers, seconds, challenger, champion, compared, agreed, null);
    }

    public LiveEvidence {
        Expect.range("servers", servers, 1, Integer.MAX_VALUE);
        Expect.range("seconds", seconds, 0, Long.MAX_VALUE);
        Expect.range("compared", compared, 0, Long.MAX_VALUE);
        Expect.range("agreed", agreed, 0, compared);
    }

    /** In one line for people, the challenger first. */
    public String summary() {
        String agreement =
                compared == 0 ? "" : String.format(Locale.ROOT, ", agreement %.4f of %s", agreement(), compared);
        String known = feedback == null
                ? ""
                : String.format(
                        Locale.ROOT,
                        ", %s %.4f against %.4f on %s rows with feedback",
                        feedback.metric(),
                        feedback.challenger(),
                        feedback.champion(),
                        feedback.rows());
        return "%s answers, errors %s against %s, p99 %s us against %s us%s%s"
                .formatted(
                        challenger.answers(),
                        challenger.errors(),
                        champion.errors(),
                        challenger.p99Micros(),
                        champion.p99Micros(),
                        agreement,
                        known);
    }

    /** The share of compared answers that were the same, 0..1; NaN where none were compared. */
    public double agreement() {
        return compared == 0 ? Double.NaN : (double) agreed / compared;
    }
}
