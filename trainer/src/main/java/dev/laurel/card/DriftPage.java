package dev.laurel.card;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.laurel.drift.ColumnDrift;
import dev.laurel.drift.ColumnDrift.Verdict;
import dev.laurel.drift.Drift;
import dev.laurel.drift.DriftOutcome;
import dev.laurel.drift.DriftReport;
import dev.laurel.drift.Shares;
import dev.laurel.judge.MarkdownText;
import dev.laurel.yaml.Yaml;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A drift report for people: Markdown with a plot, as it is shown on a Git host. */
public final class DriftPage {
    /** File name of the plot that the page shows. */
    public static final String PLOT = "drift.svg";

    private static final int MOST_UNSEEN = 20;

    private final DriftReport report;
    private final Shares shares;

    public DriftPage(DriftReport report, Shares shares) {
        this.report = report;
        this.shares = shares;
    }

    /** The report, the page and the plot, by file name. */
    public SortedMap<String, byte[]> files() {
        SortedMap<String, byte[]> files = new TreeMap<>();
        files.put("report.yaml", Yaml.write(report));
        files.put("README.md", markdown(PLOT).getBytes(UTF_8));
        files.put(PLOT, svg().getBytes(UTF_8));
        return files;
    }

    public String svg() {
        return new DriftPlot(report, shares).svg();
    }

    /** @param plot where the plot stands, seen from the page */
    public String markdown(String plot) {
        Drift drift = report.drift();
        StringJoiner page = new StringJoiner("\n", "", "\n");
        page.add("# Drift of %s %s".formatted(report.model(), report.version()));
        page.add("");
        page.add("**%s.** Rows: %s of %s%s, against the profile in the model file `%.19s`."
                .formatted(
                        sentence(),
                        drift.rows(),
                        MarkdownText.code(report.input()),
                        drift.repeated() == 0 ? "" : ", without %s repeated ones".formatted(drift.repeated()),
                        report.digest()));
        page.add("");
        page.add("![The shares of training and of now](%s)".formatted(plot));
        page.add("");
        page.add(
                "| | what | rows | distance | q | PSI (by chance) | chi-squared | Wasserstein | missing, then and now |");
        page.add("|---|---|---|---|---|---|---|---|---|");
        drift.columns().forEach(column -> page.add(line(column)));
        unseen(page, drift.columns());
        page.add("");
        page.add(
                "Drift is what chance gives in less than %s of all inputs, beside all other columns (q, by Benjamini and Hochberg), and what is larger than %s (%s for missing values)."
                        .formatted(
                                percent(drift.rules().significance()),
                                drift.rules().distance(),
                                drift.rules().missing()));
        page.add(
                "The distance is that of Kolmogorov and Smirnov for numbers and the total variation for words; the distance of Wasserstein is in standard deviations of the training rows.");
        return page.toString();
    }

    private String sentence() {
        String text = report.drift().outcome() instanceof DriftOutcome.Drifted drifted
                ? "drift: " + drifted.columns().stream().map(MarkdownText::code).collect(Collectors.joining(", "))
                : report.drift().outcome().described();
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private static String line(ColumnDrift column) {
        return "| %s | %s of %s | %s | %s | %s | %s | %s | %s | %s |"
                .formatted(
                        column.verdict() == Verdict.DRIFTED
                                ? "**drift**"
                                : column.verdict() == Verdict.TOO_FEW_ROWS ? "too few rows" : "",
                        Yaml.word(column.kind()),
                        MarkdownText.code(column.name()),
                        column.rows(),
                        number(column.distance()),
                        number(column.q()),
                        column.psi() == null
                                ? ""
                                : "%s (%s)".formatted(number(column.psi()), number(column.psiByChance())),
                        number(column.chiSquared()),
                        number(column.wasserstein()),
                        column.shareThen() == null
                                ? ""
                                : "%s, %s".formatted(percent(column.shareThen()), percent(column.shareNow())));
    }

    private static void unseen(StringJoiner page, List<ColumnDrift> columns) {
        for (ColumnDrift column : columns) {
            List<String> unseen = column.unseen();
            if (unseen != null && !unseen.isEmpty()) {
                page.add("");
                page.add("Never seen in training, in %s: %s%s."
                        .formatted(
                                MarkdownText.code(column.name()),
                                unseen.stream()
                                        .limit(MOST_UNSEEN)
                                        .map(MarkdownText::code)
                                        .collect(Collectors.joining(", ")),
                                unseen.size() > MOST_UNSEEN
                                        ? " and %s more".formatted(unseen.size() - MOST_UNSEEN)
                                        : ""));
            }
        }
    }

    private static String number(@Nullable Double value) {
        return value == null ? "" : Svg.number(value);
    }

    private static String percent(@Nullable Double share) {
        return share == null ? "none" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
