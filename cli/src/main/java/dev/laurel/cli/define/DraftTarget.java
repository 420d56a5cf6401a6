package dev.laurel.cli.define;

import dev.laurel.model.Expect;
import dev.laurel.source.CsvSurvey;
import dev.laurel.source.SurveyedColumn;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What a first definition predicts: a label, the value of the row, or with a key the value one row later or the change until then. */
record DraftTarget(SurveyedColumn column, Kind kind, String why) {
    enum Kind {
        LABEL,
        VALUE,
        NEXT_VALUE,
        NEXT_CHANGE
    }

    /** A series whose steps are as much smaller than its range wanders, and soon is where no training row has been. */
    private static final double WANDERING = 0.1;

    private static final int MOST_WHOLE_LABELS = 10;
    private static final int MOST_LABELS = 50;
    /** With fewer rows of a label one of the three sides of a split may have none of them. */
    private static final int FEWEST_ROWS = 20;

    private static final Set<String> POSITIVE = Set.of("1", "yes", "true", "y", "positive", "t");

    /** @throws dev.laurel.model.InvalidValueException when nothing can be predicted of such a column */
    static DraftTarget of(SurveyedColumn column, CsvSurvey survey, boolean keyed) {
        String name = column.name();
        Expect.that(column.different() > 1, "--target", name, "a column whose values differ; all of these are one");
        if (column.numbers()) {
            boolean few = (column.whole() && column.different() <= MOST_WHOLE_LABELS)
                    || (!column.whole() && column.different() == 2);
            int rarest = column.counts().isEmpty()
                    ? 0
                    : Collections.min(column.counts().values());
            if (few && rarest >= FEWEST_ROWS) {
                return new DraftTarget(
                        column,
                        Kind.LABEL,
                        "A label, since %s has only %s different values.".formatted(name, column.different()));
            }
            String why = few
                    ? "A value: %s has only %s different ones, but the rarest of them in %s rows, too few to learn it as a label."
                            .formatted(name, column.different(), rarest)
                    : "A value, since %s has many different numbers.".formatted(name);
            if (!keyed) {
                return new DraftTarget(column, Kind.VALUE, why);
            }
            return column.step() < WANDERING * column.deviation()
                    ? new DraftTarget(
                            column,
                            Kind.NEXT_CHANGE,
                            "The change until the next row, not its value: %s wanders, and soon is where it has never been in training."
                                    .formatted(name))
                    : new DraftTarget(
                            column,
                            Kind.NEXT_VALUE,
                            why + " That of the next row, since rows follow one another by their key.");
        }
        Expect.that(
                column.different() <= MOST_LABELS && !column.counts().isEmpty(),
                "--target",
                name,
                "a column of numbers, or of words of which there are 2..%s; this one has %s"
                        .formatted(MOST_LABELS, column.different()));
        String rare = Collections.min(column.counts().values()) < FEWEST_ROWS
                ? " Labels of less than %s rows may be missing among the rows that teach; training says so then: leave their rows out of the file."
                        .formatted(FEWEST_ROWS)
                : "";
        return new DraftTarget(column, Kind.LABEL, "A label, since %s holds words.".formatted(name) + rare);
    }

    boolean isLabel() {
        return kind == Kind.LABEL;
    }

    /** Whether it lies one row ahead. */
    boolean isSeries() {
        return kind == Kind.NEXT_VALUE || kind == Kind.NEXT_CHANGE;
    }

    /** For people. */
    String described() {
        return switch (kind) {
            case LABEL -> "a label";
            case VALUE -> "a value";
            case NEXT_VALUE -> "a value, one row ahead,";
            case NEXT_CHANGE -> "the change until the next row";
        };
    }

    /** How much the answers vary. */
    double deviation() {
        return kind == Kind.NEXT_CHANGE ? column.step() : column.deviation();
    }

    void write(DraftText text) {
        String written = isLabel() ? "label" : kind == Kind.NEXT_CHANGE ? "change" : "value";
        text.gap().comment(why).line("target:").line("  kind: " + written);
        text.text("  column", column.name());
        if (!isLabel()) {
            text.line("  horizon: " + (isSeries() ? 1 : 0)).text("  unit", column.name());
        } else if (column.different() == 2) {
            text.text("  positive", positive());
        }
    }

    /** Of two labels the one that says yes, else the rarer. */
    private String positive() {
        List<String> labels = List.copyOf(column.counts().keySet());
        return labels.stream()
                .filter(label -> POSITIVE.contains(label.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseGet(() -> Collections.min(column.counts().entrySet(), Map.Entry.comparingByValue())
                        .getKey());
    }

    /** The share of rows with the most frequent label. */
    double largestShare() {
        return (double) Collections.max(column.counts().values())
                / column.counts().values().stream().mapToInt(Integer::intValue).sum();
    }
}
