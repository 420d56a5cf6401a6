package dev.laurel.card;

import dev.laurel.drift.ColumnDrift;
import dev.laurel.drift.ColumnDrift.Verdict;
import dev.laurel.drift.DriftReport;
import dev.laurel.drift.Shares;
import java.util.Comparator;
import java.util.List;

/** The shares of training and of now side by side, of the columns that differ most: an SVG that a Git host shows as it is. */
final class DriftPlot {
    private static final int MOST_PANELS = 12;
    private static final int WIDTH = 760;
    private static final int PANEL_WIDTH = 340;
    private static final int PANEL_HEIGHT = 120;
    private static final int BARS = 60;
    private static final int LONGEST_NAME = 32;

    /** Its own background, so that it reads the same whatever page it stands on. */
    private static final String STYLE = """
            text { font: 13px system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; fill: #1f2933 }
            .title { font-weight: 600 } .quiet { fill: #616e7c }
            .page { fill: #ffffff; stroke: #d5dbe1 } .then { fill: #a9b6c3 } .now { fill: #2166ac } .drifted { fill: #c2620e }
            @media (prefers-color-scheme: dark) {
              text { fill: #e4e7eb } .quiet { fill: #9aa5b1 }
              .page { fill: #10161d; stroke: #2f3a45 } .then { fill: #5f6f7f } .now { fill: #6cb0f2 } .drifted { fill: #f0a04b }
            }
            """;

    private final DriftReport report;
    private final Shares shares;
    private final Svg svg = new Svg();

    DriftPlot(DriftReport report, Shares shares) {
        this.report = report;
        this.shares = shares;
    }

    String svg() {
        List<ColumnDrift> shown = report.drift().columns().stream()
                .filter(column -> shares.of(column).isPresent())
                .sorted(Comparator.comparingDouble(ColumnDrift::distance).reversed())
                .limit(MOST_PANELS)
                .toList();
        for (int i = 0; i < shown.size(); i++) {
            panel(shown.get(i), 24 + (i % 2) * (PANEL_WIDTH + 24), 40 + i / 2 * PANEL_HEIGHT);
        }
        int height = 56 + (shown.size() + 1) / 2 * PANEL_HEIGHT;
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$s" height="%2$s" viewBox="0 0 %1$s %2$s" role="img">
                <title>%3$s %4$s: shares of the training rows and of the rows now, of the columns that differ most</title>
                <style>
                %5$s</style>
                <rect class="page" x="0.5" y="0.5" width="%6$s" height="%7$s" rx="8"/>
                %8$s</svg>
                """.formatted(WIDTH, height, report.model(), report.version(), STYLE, WIDTH - 1, height - 1, svg);
    }

    private void panel(ColumnDrift column, int x, int y) {
        Shares.Pair pair = shares.of(column).orElseThrow();
        svg.text(x, y, "title", "%s", name(column));
        svg.text(x, y + 16, "quiet", "distance %s", Svg.number(column.distance()));
        double most = 0;
        for (int cell = 0; cell < pair.then().size(); cell++) {
            most = Math.max(most, Math.max(pair.then().get(cell), pair.now().get(cell)));
        }
        double step = (double) PANEL_WIDTH / pair.then().size();
        String style = column.verdict() == Verdict.DRIFTED ? "drifted" : "now";
        for (int cell = 0; cell < pair.then().size(); cell++) {
            bar("then", x + cell * step, y + 24, step * 0.42, pair.then().get(cell), most);
            bar(style, x + (cell + 0.45) * step, y + 24, step * 0.42, pair.now().get(cell), most);
        }
    }

    private static String name(ColumnDrift column) {
        String name = column.name();
        return (name.codePointCount(0, name.length()) <= LONGEST_NAME
                        ? name
                        : name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME - 1)) + "…")
                + (column.verdict() == Verdict.DRIFTED ? " *" : "");
    }

    private void bar(String style, double x, int top, double width, double share, double most) {
        double height = most == 0 ? 0 : BARS * share / most;
        svg.element(
                "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>",
                style, x, top + BARS - height, width, height);
    }
}
