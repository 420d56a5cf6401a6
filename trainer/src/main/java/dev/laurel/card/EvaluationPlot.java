package dev.laurel.card;

import dev.laurel.evaluation.Metrics;
import dev.laurel.evaluation.Report;
import dev.laurel.evaluation.Report.ExperimentResult;
import dev.laurel.model.Metric;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The plot of a model card as SVG: on the left the deciding metric of each experiment and of the two that were compared, on the right
 * and below it a {@link Picture} beside the other of what was answered. Written by hand: a plotting library needs fonts and the desktop module and gives other bytes on other machines.
 */
public final class EvaluationPlot {
    private static final int WIDTH = 800;
    private static final int TOP = Picture.TOP;
    private static final int ROW = 26;
    private static final int MOST_BARS = 8;
    private static final int LONGEST_NAME = 28;
    private static final int BAR_LEFT = 220;
    private static final int BAR_WIDTH = 130;

    /** Its own background, so that it reads the same whatever page it stands on. */
    private static final String STYLE = """
            text { font: 13px system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; fill: #1f2933 }
            .title { font-weight: 600 } .quiet { fill: #616e7c } .end { text-anchor: end } .middle { text-anchor: middle }
            .page { fill: #ffffff; stroke: #d5dbe1 } .track { fill: #eef1f4 } .frame { fill: none; stroke: #c3ccd5 }
            .experiment { fill: #a9b6c3 } .challenger { fill: #2166ac } .champion { fill: #c2620e }
            .line { fill: none; stroke-width: 2.5; stroke-linejoin: round }
            .challenger-line { stroke: #2166ac } .champion-line { stroke: #c2620e; stroke-dasharray: 7 4 }
            .whisker { stroke: #1f2933; stroke-width: 1.5 }
            .chance { stroke: #c3ccd5; stroke-dasharray: 3 4 }
            @media (prefers-color-scheme: dark) {
              text { fill: #e4e7eb } .quiet { fill: #9aa5b1 }
              .page { fill: #10161d; stroke: #2f3a45 } .track { fill: #1d2630 } .frame { stroke: #46525f }
              .experiment { fill: #5f6f7f } .challenger { fill: #6cb0f2 } .champion { fill: #f0a04b }
              .challenger-line { stroke: #6cb0f2 } .champion-line { stroke: #f0a04b } .chance { stroke: #46525f }
              .whisker { stroke: #e4e7eb }
            }
            """;

    private final Metric metric;
    private final Exhibit exhibit;
    private final Report report;
    private final double scale;
    private final Svg svg = new Svg();

    /** @param metric the one that decides */
    public EvaluationPlot(Metric metric, Exhibit exhibit) {
        this.metric = metric;
        this.exhibit = exhibit;
        this.report = exhibit.report();
        this.scale = values().stream()
                .mapToDouble(Double::doubleValue)
                .filter(Double::isFinite)
                .map(Math::abs)
                .reduce(isShare() ? 1 : 0, Math::max);
    }

    /** Whether the metric is one of those that end at 1. */
    private boolean isShare() {
        return exhibit.isOfLabels() || metric == Metric.R2;
    }

    private List<Double> values() {
        List<Double> values = new ArrayList<>();
        report.experiments().forEach(result -> values.add(result.validation().get(metric)));
        values.add(exhibit.metrics().get(metric));
        Report.Side champion = report.champion();
        if (champion != null) {
            values.add(champion.metrics().get(metric));
        }
        return values;
    }

    public String svg() {
        int barsEnd = bars();
        int height = Math.max(barsEnd, Picture.HEIGHT);
        List<Picture> pictures = Pictures.of(exhibit);
        for (int place = 0; place < pictures.size(); place++) {
            boolean isLeft = place % 2 == 1;
            svg.element(
                    "<g transform=\"translate(%s %s)\">",
                    isLeft ? -WIDTH / 2 : 0, place == 0 ? 0 : isLeft ? height : height - Picture.HEIGHT);
            pictures.get(place).draw(svg, exhibit);
            svg.element("</g>");
            height += isLeft ? Picture.HEIGHT : 0;
        }
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$s" height="%2$s" viewBox="0 0 %1$s %2$s" role="img">
                <title>%3$s %4$s: %5$s of the experiments, of challenger and champion, and %10$s</title>
                <style>
                %6$s</style>
                <rect class="page" x="0.5" y="0.5" width="%7$s" height="%8$s" rx="8"/>
                %9$s</svg>
                """.formatted(
                        WIDTH,
                        height,
                        report.model(),
                        report.version(),
                        metric,
                        STYLE,
                        WIDTH - 1,
                        height - 1,
                        svg,
                        pictures.stream().map(Picture::name).collect(Collectors.joining(", ")));
    }

    /** The bars; the y below the last of them. */
    private int bars() {
        int y = TOP;
        String better = metric.better().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        svg.text(24, 36, "title", "%s, %s is better", metric, better);
        svg.text(
                24,
                y,
                "quiet",
                "%s validation rows, * is chosen",
                report.experiments().get(0).validation().rows());
        for (ExperimentResult result : shown()) {
            y += ROW;
            bar(y, name(result), result.chosen() ? "challenger" : "experiment", result.validation());
        }
        y += ROW + 20;
        svg.text(
                24,
                y,
                "quiet",
                "%s evaluation rows",
                report.windows().evaluation().rows());
        y += ROW;
        bar(y, "challenger " + report.version(), "challenger", exhibit.metrics());
        Report.Side champion = report.champion();
        if (champion != null) {
            y += ROW;
            bar(y, "champion " + champion.version(), "champion", champion.metrics());
        }
        return y + 32;
    }

    /** All experiments, or where they are many the best of them. */
    private List<ExperimentResult> shown() {
        if (report.experiments().size() <= MOST_BARS) {
            return report.experiments();
        }
        return report.experiments().stream()
                .sorted(Comparator.comparingDouble(this::distance))
                .limit(MOST_BARS)
                .toList();
    }

    private static String name(ExperimentResult result) {
        String name = result.experiment().toString();
        return Svg.cut(name, LONGEST_NAME) + (result.chosen() ? " *" : "");
    }

    /** The smaller, the better; without a value it comes last. */
    private double distance(ExperimentResult result) {
        double gain = metric.gain(result.validation().get(metric), 0);
        return Double.isNaN(gain) ? Double.POSITIVE_INFINITY : -gain;
    }

    private void bar(int baseline, String name, String style, Metrics metrics) {
        double value = metrics.get(metric);
        rectangle("track", baseline, BAR_WIDTH);
        if (Double.isFinite(value) && scale > 0) {
            rectangle(style, baseline, BAR_WIDTH * Math.abs(value) / scale);
        }
        svg.text(BAR_LEFT - 10, baseline, "end", "%s", name);
        svg.text(BAR_LEFT + BAR_WIDTH + 10, baseline, "", "%s", Svg.number(value));
    }

    private void rectangle(String style, int baseline, double width) {
        svg.element(
                "<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%.1f\" height=\"14\" rx=\"2\"/>",
                style, BAR_LEFT, baseline - 12, width);
    }
}
