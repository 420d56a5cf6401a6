package dev.laurel.card;

import dev.laurel.evaluation.Interval;
import dev.laurel.evaluation.Reliability;
import dev.laurel.evaluation.Reliability.Bin;
import dev.laurel.evaluation.WilsonScore;
import dev.laurel.task.Predictions;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Probabilities against the shares that came true, each with its 95 % interval; where they can be taken at their word, they lie on the line. */
final class ReliabilityPicture implements Picture {
    @Override
    public String name() {
        return "how reliable probabilities are";
    }

    @Override
    public boolean isOf(Exhibit exhibit) {
        return exhibit.challenger() != null && exhibit.isOfLabels();
    }

    @Override
    public void draw(Svg svg, Exhibit exhibit) {
        Predictions challenger = Objects.requireNonNull(exhibit.challenger());
        Picture.frame(svg, "Reliability of " + exhibit.version() + " on the evaluation rows");
        Picture.shares(svg, Svg.cut("probability of " + subject(challenger), 26), "share that came true");
        for (Bin bin : bins(challenger)) {
            double x = LEFT + SIZE * bin.probability();
            Interval interval = interval(bin);
            svg.element(
                    "<line class=\"line challenger-line\" opacity=\"0.4\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
                    x, y(interval.low()), x, y(interval.high()));
            svg.element("<circle class=\"challenger\" cx=\"%.1f\" cy=\"%.1f\" r=\"4\"/>", x, y(bin.share()));
        }
    }

    private static double y(double share) {
        return TOP + SIZE * (1 - share);
    }

    @Override
    public String numbers(Exhibit exhibit) {
        Predictions challenger = Objects.requireNonNull(exhibit.challenger());
        MarkdownTable table = new MarkdownTable(
                "probability of " + subject(challenger), List.of("rows", "mean", "came true", "95 % interval"));
        for (Bin bin : bins(challenger)) {
            table.row(
                    String.format(Locale.ROOT, "%.1f to %.1f", bin.from(), bin.to()),
                    List.of(
                            String.valueOf(bin.rows()),
                            Svg.number(bin.probability()),
                            Svg.number(bin.share()),
                            Svg.interval(interval(bin))));
        }
        return table.toString();
    }

    private static String subject(Predictions predictions) {
        List<String> labels = predictions.task().outputNames();
        return labels.size() == 2 ? labels.get(0) : "the answer";
    }

    private static List<Bin> bins(Predictions predictions) {
        return Reliability.of(predictions.truth(), predictions.scores()).bins().stream()
                .filter(bin -> bin.rows() > 0)
                .toList();
    }

    private static Interval interval(Bin bin) {
        return WilsonScore.interval(bin.right(), bin.rows()).orElseThrow();
    }
}
