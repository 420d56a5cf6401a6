package dev.laurel.cli.define;

import dev.laurel.source.CsvSurvey;
import dev.laurel.source.SurveyedColumn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The inputs of a first definition, the rules for what is missing in them, and the columns that are left out. */
final class DraftFeatures {
    private static final int MOST_WORDS = 30;
    /** Rows with a word, on average, below which a model learns the rows and not the word. */
    private static final int FEWEST_ROWS_A_WORD = 5;

    private static final double MOST_MISSING = 0.6;

    private final CsvSurvey survey;
    private final DraftTarget target;
    private final @Nullable SurveyedColumn key;
    private final List<SurveyedColumn> incomplete = new ArrayList<>();
    private final Map<String, String> leftOut = new LinkedHashMap<>();
    private final Set<String> names = new HashSet<>();
    private final DraftText text = new DraftText();
    private int count;

    DraftFeatures(CsvSurvey survey, DraftTarget target, @Nullable SurveyedColumn key) {
        this.survey = survey;
        this.target = target;
        this.key = key;
        if (key != null && key.dates() != null) {
            calendar(key);
        }
        if (target.isSeries()) {
            lags();
        }
        survey.columns().stream()
                .filter(column -> !column.equals(target.column()) && !column.equals(key))
                .forEach(this::column);
    }

    int count() {
        return count;
    }

    /** Each with the reason. */
    Map<String, String> leftOut() {
        return leftOut;
    }

    private void column(SurveyedColumn column) {
        Optional<String> reason = reason(column);
        if (reason.isPresent()) {
            leftOut.put(column.name(), reason.get());
            return;
        }
        if (column.missing() > 0) {
            incomplete.add(column);
        }
        if (column.numbers()) {
            feature(column.name(), "column", column.name());
        } else if (!column.counts().isEmpty() && column.different() <= MOST_WORDS) {
            feature(column.name(), "one-hot", column.name());
        } else {
            calendar(column);
        }
    }

    /** Why a column is no input; empty where it is one. */
    private Optional<String> reason(SurveyedColumn column) {
        if (column.name().isBlank()) {
            return Optional.of("it has no name");
        }
        if (column.different() <= 1) {
            return Optional.of(column.different() == 0 ? "it is empty" : "it never varies");
        }
        if (column.missing() > MOST_MISSING * survey.rows()) {
            return Optional.of("%s of %s rows lack it".formatted(column.missing(), survey.rows()));
        }
        if (column.counted()) {
            return Optional.of("it counts the lines");
        }
        if (!target.isSeries() && isNamedLikeTheTarget(column.name())) {
            return Optional.of(
                    "its name begins as the target's: if it is known before, add it, else it is a result of what is to be predicted");
        }
        if (column.numbers()) {
            return Optional.empty();
        }
        boolean isoDate = "".equals(column.dates()) && column.missing() == 0;
        boolean few =
                column.different() <= MOST_WORDS && column.different() * (long) FEWEST_ROWS_A_WORD <= survey.rows();
        if (few || (isoDate && !target.isSeries() && key == null)) {
            return Optional.empty();
        }
        if (column.dates() != null) {
            return Optional.of("it holds dates; '--key %s' makes the rows a series".formatted(column.name()));
        }
        return Optional.of(column.different() + (column.different() == SurveyedColumn.MANY ? " or more" : "")
                + " different texts: it looks like an id, or like text for people");
    }

    /** Such as {@code outcome_amount} beside {@code outcome_incident}, where no more than a quarter of the columns is called so. */
    private boolean isNamedLikeTheTarget(String name) {
        String begin = firstWord(target.column().name());
        long alike = survey.columns().stream()
                .filter(column -> firstWord(column.name()).equals(begin))
                .count();
        return !begin.isEmpty()
                && firstWord(name).equals(begin)
                && alike * 4 <= survey.columns().size();
    }

    /** Empty where there is no other. */
    private static String firstWord(String name) {
        String[] words = name.split("[_ .-]+", 2);
        return words.length == 2 ? words[0] : "";
    }

    private void lags() {
        SurveyedColumn column = target.column();
        if (column.missing() > 0) {
            incomplete.add(column);
        }
        for (int window : windows()) {
            if (target.kind() == DraftTarget.Kind.NEXT_CHANGE) {
                feature(
                        column.name() + "_change_" + (window + 1),
                        "difference",
                        column.name(),
                        "window: " + (window + 1));
            } else {
                feature(column.name() + "_" + (window + 1), "lag", column.name(), "window: " + window);
            }
        }
    }

    /** The newest rows, and those one season before the row that is predicted. */
    private SortedSet<Integer> windows() {
        SortedSet<Integer> windows = new TreeSet<>(List.of(0, 1, 2));
        int season = season();
        for (int back : new int[] {season, season * 7}) {
            boolean isDay = back > season;
            if (back > 0 && back * 5 < survey.rows() && back <= 1000 && (!isDay || hasTimes())) {
                windows.add(back - 1);
                if (!isDay && back <= 12) {
                    for (int window = 3; window < back; window++) {
                        windows.add(window);
                    }
                }
            }
        }
        return windows;
    }

    private boolean hasTimes() {
        return key != null && key.timesOfDay() > 1;
    }

    /** Rows until the same time of day, the same weekday or the same month comes again; 0 where that is not known. */
    private int season() {
        if (key == null || key.dates() == null) {
            return 0;
        }
        return key.months() ? 12 : key.timesOfDay() > 1 ? key.timesOfDay() : 7;
    }

    private String seasonText() {
        return hasTimes()
                ? "the newest, those one day before the row that is predicted and, with enough rows, one week before"
                : season() == 12 ? "the newest and those of a year" : season() == 7 ? "those of a week" : "the newest";
    }

    private void calendar(SurveyedColumn column) {
        feature(column.name() + "_month", "calendar", column.name(), "part: month", "cyclic: true");
        if (!column.months()) {
            feature(column.name() + "_weekday", "calendar", column.name(), "part: weekday", "cyclic: true");
        }
        if (column.timesOfDay() > 1) {
            feature(column.name() + "_hour", "calendar", column.name(), "part: hour", "cyclic: true");
        }
    }

    private void feature(String name, String kind, String column, String... more) {
        count++;
        text.line("  - name: " + unique(name)).line("    kind: " + kind).text("    column", column);
        for (String line : more) {
            text.line("    " + line);
        }
    }

    /** A name of letters, digits and underscores that no other feature has. */
    private String unique(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9]+", "_").replaceAll("^_+|_+$", "");
        String lettered = plain.matches("[A-Za-z].*") ? plain : "c_" + plain;
        String begin = lettered.substring(0, Math.min(36, lettered.length()));
        String unique = begin;
        for (int i = 2; !names.add(unique); i++) {
            unique = begin + "_" + i;
        }
        return unique;
    }

    void write(DraftText draft) {
        if (!incomplete.isEmpty()) {
            draft.gap()
                    .comment(
                            "What happens to missing values: the median of the training rows stands in for a number, a word of its own for"
                                    + " a word" + (target.isSeries() ? "; rows without the target are left out." : "."))
                    .line("columns:");
            incomplete.forEach(column -> draft.text("  - column", column.name())
                    .line("    missing: "
                            + (column.equals(target.column()) ? "drop" : column.numbers() ? "median" : "category")));
        }
        draft.gap();
        if (target.isSeries()) {
            String of = target.kind() == DraftTarget.Kind.NEXT_CHANGE ? "Changes" : "Lags";
            draft.comment(of + " of the target: " + seasonText() + ". Other columns are those of the newest row.");
        }
        draft.comment(
                "Columns of numbers as they are, one input for each word where there are few, dates by their parts. Take out what is only"
                        + " known afterwards: it says what is to be predicted.");
        leftOut.forEach((column, reason) -> draft.comment("Left out: %s; %s.".formatted(column, reason)));
        draft.line("features:").line(text.toString().stripTrailing());
    }
}
