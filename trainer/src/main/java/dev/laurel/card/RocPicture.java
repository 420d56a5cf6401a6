package dev.laurel.card;

import dev.laurel.judge.Comparison;
import dev.laurel.model.Metric;
import dev.laurel.model.Version;
import dev.laurel.task.Predictions;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/** The ROC curves of two labels. */
final class RocPicture implements Picture {
    @Override
    public String name() {
        return "ROC curves";
    }

    @Override
    public boolean isOf(Exhibit exhibit) {
        Predictions challenger = exhibit.challenger();
        return challenger != null && exhibit.isOfLabels() && challenger.task().outputs() == 2;
    }

    @Override
    public void draw(Svg svg, Exhibit exhibit) {
        Predictions challenger = Objects.requireNonNull(exhibit.challenger());
        Comparison.Champion champion = exhibit.champion();
        Picture.frame(svg, "ROC on the evaluation rows");
        Picture.shares(svg, "false positive rate", "true positive rate");
        int legend = TOP + SIZE + 46;
        if (champion != null) {
            curve(svg, "champion", champion.predictions());
            legend(svg, LEFT + SIZE / 2 + 20, legend, "champion", champion.version(), champion.predictions());
        }
        curve(svg, "challenger", challenger);
        legend(svg, LEFT - 20, legend, "challenger", exhibit.version(), challenger);
    }

    private static void curve(Svg svg, String style, Predictions predictions) {
        String points = RocCurve.of(predictions).points().stream()
                .map(point -> String.format(
                        Locale.ROOT,
                        "%.1f,%.1f",
                        LEFT + SIZE * point.falsePositiveRate(),
                        TOP + SIZE * (1 - point.truePositiveRate())))
                .collect(Collectors.joining(" "));
        svg.element("<polyline class=\"line %s-line\" points=\"%s\"/>", style, points);
    }

    private static void legend(Svg svg, int x, int baseline, String style, Version version, Predictions predictions) {
        svg.element(
                "<line class=\"line %s-line\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>",
                style, x, baseline - 4, x + 28, baseline - 4);
        svg.text(
                x + 36,
                baseline,
                "",
                "%s AUC %s",
                version,
                Svg.number(predictions.metrics().get(Metric.AUC)));
    }
}
