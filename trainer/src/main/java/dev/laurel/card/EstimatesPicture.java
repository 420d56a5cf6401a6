package dev.laurel.card;

import dev.laurel.task.Predictions;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.DoubleStream;

/** Estimates against true values; a perfect one lies on the line. */
final class EstimatesPicture implements Picture {
    /** More would only make the file larger. */
    private static final int MOST_POINTS = 1_000;

    @Override
    public String name() {
        return "estimates against true values";
    }

    @Override
    public boolean isOf(Exhibit exhibit) {
        return exhibit.challenger() != null && !exhibit.isOfLabels();
    }

    @Override
    public void draw(Svg svg, Exhibit exhibit) {
        Predictions challenger = Objects.requireNonNull(exhibit.challenger());
        double[] truth = challenger.truth();
        double[] all = DoubleStream.concat(
                        DoubleStream.of(truth),
                        Arrays.stream(challenger.scores()).mapToDouble(scores -> scores[0]))
                .toArray();
        double low = DoubleStream.of(all).min().orElseThrow();
        double high = DoubleStream.of(all).max().orElseThrow();
        double width = high > low ? high - low : 1;
        Picture.frame(svg, "Estimates of " + exhibit.version() + " on the evaluation rows");
        svg.element(
                "<line class=\"chance\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>", LEFT, TOP + SIZE, LEFT + SIZE, TOP);
        Picture.axes(svg, "true value", "estimate");
        svg.text(LEFT, TOP + SIZE + 36, "quiet", "%s", Svg.number(low));
        svg.text(LEFT + SIZE, TOP + SIZE + 36, "quiet end", "%s", Svg.number(high));
        int step = (truth.length + MOST_POINTS - 1) / MOST_POINTS;
        for (int row = 0; row < truth.length; row += step) {
            svg.element(
                    "<circle class=\"challenger\" cx=\"%.1f\" cy=\"%.1f\" r=\"2.5\" opacity=\"0.6\"/>",
                    LEFT + SIZE * (truth[row] - low) / width,
                    TOP + SIZE * (1 - (challenger.scores()[row][0] - low) / width));
        }
    }
}
