package dev.laurel.card;

import dev.laurel.judge.Comparison;
import dev.laurel.model.Version;
import dev.laurel.task.Predictions;
import dev.laurel.task.Task;
import org.jspecify.annotations.Nullable;

/** What the right half of the plot shows of the answers on the evaluation rows: one picture for each form that answers have. */
interface Picture {
    int LEFT = 480;
    int TOP = 64;
    int SIZE = 240;

    /** In few words, for those who do not see it. */
    String name();

    void draw(Svg svg, Version version, Predictions challenger, Comparison.@Nullable Champion champion);

    static Picture of(Task task) {
        if (!task.isOfLabels()) {
            return new EstimatesPicture();
        }
        return task.outputs() == 2 ? new RocPicture() : new ConfusionPicture();
    }

    /** The title, and the square that the picture is drawn in. */
    static void frame(Svg svg, String title) {
        svg.text(LEFT, 36, "title", "%s", title);
        svg.element("<rect class=\"frame\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/>", LEFT, TOP, SIZE, SIZE);
    }

    /** What the two ways out of the square mean. */
    static void axes(Svg svg, String across, String up) {
        svg.text(LEFT + SIZE / 2, TOP + SIZE + 18, "quiet middle", "%s", across);
        svg.element(
                "<text class=\"quiet middle\" transform=\"translate(%s %s) rotate(-90)\">%s</text>",
                LEFT - 12, TOP + SIZE / 2, Svg.escaped(up));
    }
}
