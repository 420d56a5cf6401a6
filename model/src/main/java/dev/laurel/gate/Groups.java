package dev.laurel.gate;

import dev.laurel.model.Default;
import dev.laurel.model.Expect;
import dev.laurel.model.Metric;
import dev.laurel.model.Says;
import dev.laurel.model.Within;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Each group of rows by itself, so that what is better on the whole is not much worse for some. */
@Says(
        "For no group of rows with the same word in a column it must be worse by more than a number. Groups with few rows are named, and not judged.")
public record Groups(
        @Says("A column of words, also one that no feature reads.")
        String of,

        @Says("By what groups are compared; absent: by the gate's metric.") @Nullable
        Metric metric,

        @Says("How much worse it may be for a group, in units of the metric.") @Within(from = 0, to = 1_000_000)
        double by,

        @Says("Rows that a group needs to be judged.") @Within(from = 1, to = 1_000_000) @Default("30")
        int leastRows)
        implements Rule {
    public Groups {
        Expect.notBlank("of", of);
        Expect.range("by", by, 0.0, 1_000_000.0);
        Expect.range("least_rows", leastRows, 1, 1_000_000);
    }

    @Override
    public Optional<String> column() {
        return Optional.of(of);
    }

    @Override
    public @Nullable Metric compared() {
        return metric;
    }

    @Override
    public RuleFinding judge(Contest contest) {
        SortedMap<String, int[]> groups = contest.groups().get(of);
        if (groups == null) {
            return RuleFinding.reason(
                    "groups of %s: the evaluated rows have no such column (expected: rows of a run that asked for it)"
                            .formatted(of));
        }
        Metric compared = metric == null ? contest.metric() : metric;
        List<String> reasons = new ArrayList<>();
        List<String> few = new ArrayList<>();
        groups.forEach((group, rows) -> {
            if (rows.length < leastRows) {
                few.add("%s (%s)".formatted(group, rows.length));
                return;
            }
            double challenger = contest.challenger().metrics(rows).get(compared);
            double champion = contest.opponent().metrics(rows).get(compared);
            if (Double.isNaN(challenger) && Double.isNaN(champion)) {
                few.add("%s (%s not defined)".formatted(group, compared));
            } else if (!(compared.gain(challenger, champion) >= -by - Contest.ROUNDING)) {
                reasons.add(RuleFinding.worse(
                        "%s of %s=%s on %s rows:".formatted(compared, of, group, rows.length),
                        challenger,
                        champion,
                        by));
            }
        });
        return new RuleFinding(
                reasons,
                few.isEmpty()
                        ? List.of()
                        : List.of("groups of %s not judged, with fewer than %s rows: %s"
                                .formatted(of, leastRows, String.join(", ", few))));
    }
}
