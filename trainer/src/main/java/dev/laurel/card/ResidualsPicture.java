package dev.laurel.card;

import dev.laurel.table.Statistics;
import dev.laurel.task.Predictions;
import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** What estimates are too high or too low by, against the estimates; a good model leaves a cloud about the line that has no shape. */
final class ResidualsPicture implements Picture {
    /** More would only make the file larger. */
    private static final int MOST_POINTS = 1_000;

    @Override
    public String name() {
        return "errors against estimates";
    }

    @Override
    public boolean isOf(Exhibit exhibit) {
        return exhibit.challenger() != null && !exhibit.isOfLabels();
    }

    @Override
    public void draw(Svg svg, Exhibit exhibit) {
        Predictions challenger = Objects.requireNonNull(exhibit.challenger());
        double[] errors = errors(challenger);
        double most = DoubleStream.of(errors).map(Math::abs).max().orElseThrow();
        double reach = most > 0 ? most : 1;
        double[] estimates = IntStream.range(0, errors.length)
                .mapToDouble(row -> challenger.scores()[row][0])
                .toArray();
        double low = DoubleStream.of(estimates).min().orElseThrow();
        double high = DoubleStream.of(estimates).max().orElseThrow();
        double width = high > low ? high - low : 1;
        int middle = TOP + SIZE / 2;
        Picture.frame(svg, "Errors of " + exhibit.version() + " on the evaluation rows");
        svg.element(
                "<line class=\"chance\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>", LEFT, middle, LEFT + SIZE, middle);
        Picture.axes(svg, "estimate", "too low, too high");
        svg.text(LEFT, TOP + SIZE + 36, "quiet", "%s", Svg.number(low));
        svg.text(LEFT + SIZE, TOP + SIZE + 36, "quiet end", "%s", Svg.number(high));
        svg.text(LEFT + SIZE + 6, TOP + 10, "quiet", "%s", Svg.signed(reach));
        svg.text(LEFT + SIZE + 6, TOP + SIZE, "quiet", "%s", Svg.signed(-reach));
        int step = (errors.length + MOST_POINTS - 1) / MOST_POINTS;
        for (int row = 0; row < errors.length; row += step) {
            svg.element(
                    "<circle class=\"challenger\" cx=\"%.1f\" cy=\"%.1f\" r=\"2.5\" opacity=\"0.6\"/>",
                    LEFT + SIZE * (estimates[row] - low) / width, middle - SIZE / 2.0 * errors[row] / reach);
        }
    }

    @Override
    public String numbers(Exhibit exhibit) {
        double[] rising = DoubleStream.of(errors(Objects.requireNonNull(exhibit.challenger())))
                .sorted()
                .toArray();
        MarkdownTable table = new MarkdownTable(
                "estimate less true value", List.of("least", "10 %", "25 %", "median", "75 %", "90 %", "greatest"));
        table.row(
                exhibit.version().toString(),
                DoubleStream.of(0, 0.1, 0.25, 0.5, 0.75, 0.9, 1)
                        .mapToObj(share -> Svg.signed(Statistics.quantile(rising, share)))
                        .toList());
        return table.toString();
    }

    private static double[] errors(Predictions predictions) {
        return IntStream.range(0, predictions.rows())
                .mapToDouble(row -> predictions.scores()[row][0] - predictions.truth()[row])
                .toArray();
    }
}
