package dev.laurel.card;

import dev.laurel.evaluation.Metrics.Confusion;
import dev.laurel.judge.Comparison;
import dev.laurel.model.Version;
import dev.laurel.task.Predictions;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The challenger's confusion matrix of more than two labels: the darker a cell, the larger its share of the rows of that label. */
final class ConfusionPicture implements Picture {
    /** More cells would be too small for numbers. */
    private static final int MOST_NUMBERS = 12;

    @Override
    public String name() {
        return "the confusion matrix";
    }

    @Override
    public void draw(Svg svg, Version version, Predictions challenger, Comparison.@Nullable Champion champion) {
        Confusion confusion = Objects.requireNonNull(challenger.metrics().confusion());
        int labels = confusion.labels().size();
        double cell = (double) SIZE / labels;
        Picture.frame(svg, "Confusion of " + version + " on the evaluation rows");
        Picture.axes(svg, "predicted: " + String.join(", ", confusion.labels()), "true, from the top");
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
}
