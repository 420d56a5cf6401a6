package dev.laurel.cli.output;

import dev.laurel.evaluation.Interval;
import dev.laurel.evaluation.Metrics;
import dev.laurel.judge.MetricRow;
import dev.laurel.model.LiveEvidence;
import dev.laurel.model.Metric;
import dev.laurel.model.Pin;
import dev.laurel.registry.outcome.Hold;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How values are shown to people, the same in every command. */
public final class Shown {
    private Shown() {}

    /** A text in which the ids of commits are as short as {@link #commit} makes them. */
    public static String shortened(String text) {
        return text.replaceAll("\\b([0-9a-f]{10})[0-9a-f]{30}\\b", "$1");
    }

    public static String commit(String id) {
        return id.substring(0, Math.min(10, id.length()));
    }

    /** Who made a commit, and who signed it where the registry knows. */
    public static String author(String name, @Nullable String signer) {
        return signer == null ? name : name.equals(signer) ? name + ", signed" : name + ", signed by " + signer;
    }

    public static String number(double value) {
        return Double.isNaN(value) ? "n/a" : String.format(Locale.ROOT, isHuge(value) ? "%.3e" : "%.4f", value);
    }

    private static String signed(double value) {
        return Double.isNaN(value) ? "n/a" : String.format(Locale.ROOT, isHuge(value) ? "%+.3e" : "%+.4f", value);
    }

    /** Digits of such a number say nothing: it is a sum of shares of what is as good as nothing. */
    private static boolean isHuge(double value) {
        return Math.abs(value) >= 1e9;
    }

    /** {@code 0.5833 [0.457, 0.699]}. */
    public static String value(double value, @Nullable Interval interval) {
        return number(value)
                + (interval == null
                        ? ""
                        : String.format(Locale.ROOT, " [%.3f, %.3f]", interval.low(), interval.high()));
    }

    /** Empty where the two were not measured on the same rows. */
    private static String gain(MetricRow.@Nullable Value gain) {
        return gain == null ? "" : difference(gain.value(), gain.interval());
    }

    /** {@code +0.0333 [-0.050, +0.117]}. */
    public static String difference(double value, @Nullable Interval interval) {
        return signed(value)
                + (interval == null
                        ? ""
                        : String.format(Locale.ROOT, " [%+.3f, %+.3f]", interval.low(), interval.high()));
    }

    /**
     * A line for each metric: its value on one side, on the other, and the gain where there is one.
     *
     * @param naive what no model comes to, for a last column; absent where it is not known
     */
    public static void metrics(Columns columns, List<MetricRow> rows, @Nullable Metrics naive) {
        for (MetricRow row : rows) {
            columns.add(
                    row.metric().toString(),
                    value(row.from().value(), row.from().interval()),
                    value(row.to().value(), row.to().interval()),
                    gain(row.gain()),
                    naive == null ? "" : number(naive.get(row.metric())));
        }
    }

    /** Why a version is pinned: the reason of whoever did it, and what the gate, or live traffic, saw. */
    public static String why(Pin pin) {
        Pin.@Nullable Evidence evidence = pin.evidence();
        @Nullable LiveEvidence live = pin.live();
        return Stream.of(
                        pin.reason(),
                        evidence == null ? null : evidence(evidence),
                        live == null ? null : "live: " + live.summary())
                .filter(Objects::nonNull)
                .collect(Collectors.joining("; "));
    }

    /** Why a pin is held: which way it went, or that it drifted where it stands. */
    public static String why(Hold hold) {
        return hold.isForDrift() ? "drift of " + hold.from() : hold.from() + " -> " + Output.shown(hold.to());
    }

    private static String evidence(Pin.Evidence evidence) {
        return against(evidence.metric(), evidence.challenger(), evidence.champion()) + " on " + evidence.rows()
                + " rows";
    }

    private static String against(Metric metric, double challenger, @Nullable Double champion) {
        return metric + " " + number(challenger) + (champion == null ? "" : " against " + number(champion));
    }
}
