package dev.laurel.card;

import dev.laurel.evaluation.Importance;
import dev.laurel.evaluation.Importance.Loss;
import dev.laurel.evaluation.Interval;
import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;

/** What the deciding metric loses when one feature is shuffled, with its interval: the features that matter most. */
final class ImportancePicture implements Picture {
    private static final int MOST_BARS = 10;
    private static final int ROW = 24;
    private static final int BAR_LEFT = LEFT + 80;
    private static final int BAR_WIDTH = 150;

    @Override
    public String name() {
        return "the importance of the features";
    }

    @Override
    public boolean isOf(Exhibit exhibit) {
        return exhibit.report().importance() != null;
    }

    @Override
    public void draw(Svg svg, Exhibit exhibit) {
        Importance importance = Objects.requireNonNull(exhibit.report().importance());
        List<Loss> shown = importance.features().stream().limit(MOST_BARS).toList();
        double low = values(shown).min().orElseThrow();
        double high = values(shown).max().orElseThrow();
        double scale = BAR_WIDTH / (high > low ? high - low : 1);
        double zero = BAR_LEFT - low * scale;
        svg.text(LEFT - 60, 36, "title", "%s: worse by, without a feature", importance.metric());
        int y = TOP;
        for (Loss feature : shown) {
            y += ROW;
            svg.text(BAR_LEFT - 12, y, "end", "%s", Svg.cut(feature.feature(), 20));
            double end = zero + feature.loss() * scale;
            svg.element(
                    "<rect class=\"%s\" x=\"%.1f\" y=\"%s\" width=\"%.1f\" height=\"12\"/>",
                    feature.loss() < 0 ? "champion" : "challenger", Math.min(zero, end), y - 11, Math.abs(end - zero));
            Interval interval = feature.interval();
            if (interval != null) {
                svg.element(
                        "<line class=\"whisker\" x1=\"%.1f\" y1=\"%s\" x2=\"%.1f\" y2=\"%s\"/>",
                        zero + interval.low() * scale, y - 5, zero + interval.high() * scale, y - 5);
            }
            svg.text(BAR_LEFT + BAR_WIDTH + 10, y, "", "%s", Svg.signed(feature.loss()));
        }
        svg.element("<line class=\"chance\" x1=\"%.1f\" y1=\"%s\" x2=\"%.1f\" y2=\"%s\"/>", zero, TOP + 8, zero, y + 6);
    }

    /** All that has to find its place, 0 among it. */
    private static DoubleStream values(List<Loss> features) {
        return DoubleStream.concat(DoubleStream.of(0), features.stream().flatMapToDouble(feature -> {
            Interval interval = feature.interval();
            return interval == null
                    ? DoubleStream.of(feature.loss())
                    : DoubleStream.of(feature.loss(), interval.low(), interval.high());
        }));
    }

    @Override
    public String numbers(Exhibit exhibit) {
        Importance importance = Objects.requireNonNull(exhibit.report().importance());
        MarkdownTable table = new MarkdownTable("feature", List.of(importance.metric() + " worse by", "95 % interval"));
        importance
                .features()
                .forEach(feature -> table.row(
                        feature.feature(), List.of(Svg.signed(feature.loss()), Svg.interval(feature.interval()))));
        int all = exhibit.metrics().rows();
        return """
                %s
                How much worse %s gets when the values of one feature are shuffled among %s evaluation rows: the mean of %s shuffles. An interval
                that holds 0 says that the rows do not show whether the model needs the feature.%s
                """.formatted(
                table,
                importance.metric(),
                importance.rows() == all ? all : importance.rows() + " of the " + all,
                importance.shuffles(),
                importance.leftOut() == 0
                        ? ""
                        : " The last %s features of the definition were not measured.".formatted(importance.leftOut()));
    }
}
