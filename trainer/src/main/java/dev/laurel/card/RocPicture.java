package dev.laurel.card;

import dev.laurel.judge.Comparison;
import dev.laurel.model.Metric;
import dev.laurel.model.Version;
import dev.laurel.task.Predictions;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The ROC curves of two labels. */
final class RocPicture implements Picture {
    @Override
    public String name() {
        return "ROC curves";
    }

    @Override
    public void draw(Svg svg, Version version, Predictions challenger, Comparison.@Nullable Champion champion) {
        int right = LEFT + SIZE;
        int bottom = TOP + SIZE;
        Picture.frame(svg, "ROC on the evaluation rows");
        svg.element("<line class=\"chance\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>", LEFT, bottom, right, TOP);
        svg.text(LEFT - 8, TOP + 10, "quiet end", "1");
        svg.text(LEFT - 8, bottom, "quiet end", "0");
        svg.text(right, bottom + 18, "quiet end", "1");
        Picture.axes(svg, "false positive rate", "true positive rate");
        int legend = bottom + 46;
        if (champion != null) {
            curve(svg, "champion", champion.predictions());
            legend(svg, LEFT + SIZE / 2 + 20, legend, "champion", champion.version(), champion.predictions());
        }
        curve(svg, "challenger", challenger);
        legend(svg, LEFT - 20, legend, "challenger", version, challenger);
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
