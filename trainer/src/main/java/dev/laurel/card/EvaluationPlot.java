package dev.laurel.card;

import dev.laurel.judge.Comparison;
import dev.laurel.judge.Predictions;
import dev.laurel.model.Metric;
import dev.laurel.evaluation.Metrics;
import dev.laurel.evaluation.Report;
import dev.laurel.evaluation.Report.ExperimentResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The plot of a model card as SVG: on the left the deciding metric of each experiment and of the two that were compared, on the right
 * their ROC curves. Written by hand: a plotting library needs fonts and the desktop module and gives other bytes on other machines.
 */
public final class EvaluationPlot {
    private static final int WIDTH = 800;
    private static final int TOP = 64;
    private static final int ROW = 26;
    private static final int BAR_LEFT = 150;
    private static final int BAR_WIDTH = 190;
    private static final int ROC_LEFT = 480;
    private static final int ROC_SIZE = 240;

    /** Its own background, so that it reads the same whatever page it stands on. */
    private static final String STYLE = """
            text { font: 13px system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; fill: #1f2933 }
            .title { font-weight: 600 } .quiet { fill: #616e7c } .end { text-anchor: end } .middle { text-anchor: middle }
            .page { fill: #ffffff; stroke: #d5dbe1 } .track { fill: #eef1f4 } .frame { fill: none; stroke: #c3ccd5 }
            .experiment { fill: #a9b6c3 } .challenger { fill: #2166ac } .champion { fill: #c2620e }
            .line { fill: none; stroke-width: 2.5; stroke-linejoin: round }
            .challenger-line { stroke: #2166ac } .champion-line { stroke: #c2620e; stroke-dasharray: 7 4 }
            .chance { stroke: #c3ccd5; stroke-dasharray: 3 4 }
            @media (prefers-color-scheme: dark) {
              text { fill: #e4e7eb } .quiet { fill: #9aa5b1 }
              .page { fill: #10161d; stroke: #2f3a45 } .track { fill: #1d2630 } .frame { stroke: #46525f }
              .experiment { fill: #5f6f7f } .challenger { fill: #6cb0f2 } .champion { fill: #f0a04b }
              .challenger-line { stroke: #6cb0f2 } .champion-line { stroke: #f0a04b } .chance { stroke: #46525f }
            }
            """;

    private final Metric metric;
    private final Report report;
    private final Predictions challenger;
    private final Comparison.@Nullable Champion champion;

    private final double scale;
    private final StringBuilder svg = new StringBuilder();

    /** @param metric the one that decides */
    public EvaluationPlot(
            Metric metric, Report report, Predictions challenger, Comparison.@Nullable Champion champion) {
        this.metric = metric;
        this.report = report;
        this.challenger = challenger;
        this.champion = champion;
        this.scale = values().stream()
                .mapToDouble(Double::doubleValue)
                .filter(Double::isFinite)
                .reduce(1, Math::max);
    }

    private List<Double> values() {
        List<Double> values = new ArrayList<>();
        report.experiments().forEach(result -> values.add(result.validation().get(metric)));
        values.add(challenger.metrics().get(metric));
        if (champion != null) {
            values.add(champion.predictions().metrics().get(metric));
        }
        return values;
    }

    public String svg() {
        svg.setLength(0);
        int barsEnd = bars();
        roc();
        int height = Math.max(barsEnd, TOP + ROC_SIZE + 72);
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$s" height="%2$s" viewBox="0 0 %1$s %2$s" role="img">
                <title>%3$s %4$s: %5$s of the experiments, of challenger and champion, and ROC curves</title>
                <style>
                %6$s</style>
                <rect class="page" x="0.5" y="0.5" width="%7$s" height="%8$s" rx="8"/>
                %9$s</svg>
                """.formatted(
                        WIDTH, height, report.model(), report.version(), metric, STYLE, WIDTH - 1, height - 1, svg);
    }

    /** The bars; the y below the last of them. */
    private int bars() {
        int y = TOP;
        boolean higherIsBetter = metric.gain(1, 0) > 0;
        text(24, 36, "title", "%s, %s is better", metric, higherIsBetter ? "higher" : "lower");
        text(24, y, "quiet", "%d validation rows", report.windows().validation().rows());
        for (ExperimentResult result : report.experiments()) {
            y += ROW;
            String name = result.experiment() + (result.chosen() ? ", chosen" : "");
            bar(y, name, result.chosen() ? "challenger" : "experiment", result.validation());
        }
        y += ROW + 20;
        text(24, y, "quiet", "%d evaluation rows", report.windows().evaluation().rows());
        y += ROW;
        bar(y, "challenger " + report.version(), "challenger", challenger.metrics());
        if (champion != null) {
            y += ROW;
            bar(
                    y,
                    "champion " + champion.version(),
                    "champion",
                    champion.predictions().metrics());
        }
        return y + 32;
    }

    private void bar(int baseline, String name, String style, Metrics metrics) {
        double value = metrics.get(metric);
        rectangle("track", baseline, BAR_WIDTH);
        if (Double.isFinite(value)) {
            rectangle(style, baseline, BAR_WIDTH * value / scale);
        }
        text(BAR_LEFT - 10, baseline, "end", "%s", name);
        text(BAR_LEFT + BAR_WIDTH + 10, baseline, "", "%s", number(value));
    }

    private void rectangle(String style, int baseline, double width) {
        element(
                "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"14\" rx=\"2\"/>",
                style, BAR_LEFT, baseline - 12, width);
    }

    private void roc() {
        int right = ROC_LEFT + ROC_SIZE;
        int bottom = TOP + ROC_SIZE;
        text(ROC_LEFT, 36, "title", "ROC on the evaluation rows");
        element(
                "<rect class=\"frame\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>",
                ROC_LEFT, TOP, ROC_SIZE, ROC_SIZE);
        element("<line class=\"chance\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>", ROC_LEFT, bottom, right, TOP);
        text(ROC_LEFT - 8, TOP + 10, "quiet end", "1");
        text(ROC_LEFT - 8, bottom, "quiet end", "0");
        text(right, bottom + 18, "quiet end", "1");
        text(ROC_LEFT + ROC_SIZE / 2, bottom + 18, "quiet middle", "false positive rate");
        element(
                "<text class=\"quiet middle\" transform=\"translate(%d %d) rotate(-90)\">true positive rate</text>",
                ROC_LEFT - 12, TOP + ROC_SIZE / 2);
        int legend = bottom + 46;
        if (champion != null) {
            curve("champion", champion.predictions());
            legend(
                    ROC_LEFT + ROC_SIZE / 2 + 20,
                    legend,
                    "champion",
                    champion.version().toString(),
                    champion.predictions());
        }
        curve("challenger", challenger);
        legend(ROC_LEFT - 20, legend, "challenger", report.version().toString(), challenger);
    }

    private void curve(String style, Predictions predictions) {
        String points = RocCurve.of(predictions).points().stream()
                .map(point -> String.format(
                        Locale.ROOT,
                        "%.1f,%.1f",
                        ROC_LEFT + ROC_SIZE * point.falsePositiveRate(),
                        TOP + ROC_SIZE * (1 - point.truePositiveRate())))
                .collect(Collectors.joining(" "));
        element("<polyline class=\"line %s-line\" points=\"%s\"/>", style, points);
    }

    private void legend(int x, int baseline, String style, String version, Predictions predictions) {
        element(
                "<line class=\"line %s-line\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>",
                style, x, baseline - 4, x + 28, baseline - 4);
        text(
                x + 36,
                baseline,
                "",
                "%s AUC %s",
                version,
                number(predictions.metrics().auc()));
    }

    private void text(int x, int y, String style, String format, Object... arguments) {
        element(
                "<text x=\"%d\" y=\"%d\" class=\"%s\">%s</text>",
                x, y, style, String.format(Locale.ROOT, format, arguments));
    }

    private void element(String format, Object... arguments) {
        svg.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "n/a" : String.format(Locale.ROOT, "%.4f", value);
    }
}
