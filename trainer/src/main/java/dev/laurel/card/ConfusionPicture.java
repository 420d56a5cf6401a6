package dev.laurel.card;

import dev.laurel.evaluation.Metrics.Confusion;
import java.util.Objects;

/** The challenger's confusion matrix : the darker a cell, the larger its share of the rows of that label. */
final class ConfusionPicture implements Picture {
    /** More cells would be too small for numbers. */
    private static final int MOST_NUMBERS = 12;

    @Override
    public String name() {
        return "the confusion matrix";
    }

    @Override
    public boolean isOf(Exhibit exhibit) {
        return exhibit.isOfLabels();
    }

    @Override
    public void draw(Svg svg, Exhibit exhibit) {
        Confusion confusion = Objects.requireNonNull(exhibit.metrics().confusion());
        int labels = confusion.labels().size();
        double cell = (double) SIZE / labels;
        Picture.frame(svg, "Confusion of " + exhibit.version() + " on the evaluation rows");
        Picture.axes(svg, Svg.cut("predicted: " + String.join(", ", confusion.labels()), 44), "true, from the top");
        for (int truth = 0; truth < labels; truth++) {
            int rows = confusion.counts().get(truth).stream()
                    .mapToInt(Integer::intValue)
                    .sum();
            for (int predicted = 0; predicted < labels; predicted++) {
                int count = confusion.count(truth, predicted);
                svg.element(
                        "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" opacity=\"%.3f\"/>",
                        truth == predicted ? "challenger" : "champion",
                        LEFT + predicted * cell,
                        TOP + truth * cell,
                        cell,
                        cell,
                        rows == 0 ? 0.0 : 0.7 * count / rows);
                if (labels <= MOST_NUMBERS) {
                    svg.text(
                            (int) (LEFT + (predicted + 0.5) * cell),
                            (int) (TOP + (truth + 0.5) * cell + 4),
                            "middle",
                            "%s",
                            count);
                }
            }
        }
    }

    @Override
    public String numbers(Exhibit exhibit) {
        Confusion confusion = Objects.requireNonNull(exhibit.metrics().confusion());
        MarkdownTable table = new MarkdownTable(
                "",
                confusion.labels().stream().map(label -> "predicted " + label).toList());
        for (int truth = 0; truth < confusion.labels().size(); truth++) {
            table.row(
                    "was " + confusion.labels().get(truth),
                    confusion.counts().get(truth).stream().map(String::valueOf).toList());
        }
        return table.toString();
    }
}
