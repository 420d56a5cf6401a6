package dev.laurel.judge;

import dev.laurel.evaluation.Importance;
import dev.laurel.evaluation.MetricIntervals;
import dev.laurel.model.Metric;
import dev.laurel.sample.Sample;
import dev.laurel.task.Predictions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Measures the {@link Importance} of the features of a model. All numbers that one feature gives, such as those of each word of a column, are
 * shuffled together. The same model and rows always give the same; so that it never takes long, many rows are thinned out evenly.
 */
final class Shuffling {
    private static final int SHUFFLES = 5;
    private static final int MOST_ROWS = 1_000;
    /** With many features there are fewer rows. */
    private static final int FEWEST_ROWS = 100;
    /** Those that come first in the definition. */
    private static final int MOST_FEATURES = 100;

    /** Support vectors take some 0.15 ms for one: the whole stays within seconds. */
    private static final int MOST_ANSWERS = 20_000;

    private static final long SEED = 1;

    private final Contender model;
    private final Metric metric;
    private final Sample sample;
    private final Predictions whole;
    private final int[][] orders;

    private Shuffling(Contender model, Metric metric, Sample sample) {
        this.model = model;
        this.metric = metric;
        this.sample = sample;
        this.whole = model.predictions(sample);
        Random random = new Random(SEED);
        this.orders = IntStream.range(0, SHUFFLES)
                .mapToObj(shuffle -> order(sample.truth().length, random))
                .toArray(int[][]::new);
    }

    /**
     * @param sample the evaluation rows
     * @return null where the metric is not defined on these rows
     */
    static @Nullable Importance importance(Contender model, Metric metric, Sample sample) {
        Map<String, List<String>> outputs = model.features().outputsByFeature();
        int features = Math.min(MOST_FEATURES, outputs.size());
        int rows = Math.max(FEWEST_ROWS, Math.min(MOST_ROWS, MOST_ANSWERS / SHUFFLES / features));
        Shuffling shuffling = new Shuffling(model, metric, thinned(sample, rows));
        return Double.isNaN(shuffling.whole.metrics().get(metric)) ? null : shuffling.importance(outputs, features);
    }

    private static Sample thinned(Sample sample, int most) {
        int rows = sample.truth().length;
        if (rows <= most) {
            return sample;
        }
        int[] places = IntStream.range(0, most)
                .map(place -> (int) ((long) place * rows / most))
                .toArray();
        return new Sample(
                IntStream.of(places).mapToObj(row -> sample.vectors()[row]).toArray(double[][]::new),
                IntStream.of(places).mapToDouble(row -> sample.truth()[row]).toArray());
    }

    /** The inside-out shuffle of Fisher and Yates. */
    private static int[] order(int rows, Random random) {
        int[] order = new int[rows];
        for (int row = 0; row < rows; row++) {
            int other = random.nextInt(row + 1);
            order[row] = order[other];
            order[other] = row;
        }
        return order;
    }

    private Importance importance(Map<String, List<String>> outputs, int features) {
        List<String> names = new ArrayList<>();
        List<int[]> places = new ArrayList<>();
        int from = 0;
        for (Map.Entry<String, List<String>> feature : outputs.entrySet()) {
            names.add(feature.getKey());
            places.add(new int[] {from, from + feature.getValue().size()});
            from += feature.getValue().size();
        }
        List<Importance.Loss> losses = IntStream.range(0, features)
                .parallel()
                .mapToObj(feature -> loss(names.get(feature), places.get(feature)[0], places.get(feature)[1]))
                .toList();
        return new Importance(metric, whole.rows(), SHUFFLES, names.size() - features, losses);
    }

    private Importance.Loss loss(String feature, int from, int to) {
        List<Predictions> shuffled = Arrays.stream(orders)
                .map(order -> model.predictions(shuffled(order, from, to)))
                .toList();
        double best = whole.metrics().get(metric);
        double loss = shuffled.stream()
                .mapToDouble(each -> metric.gain(best, each.metrics().get(metric)))
                .average()
                .orElseThrow();
        return new Importance.Loss(
                feature, loss, MetricIntervals.ofLoss(metric, whole, shuffled).orElse(null));
    }

    private Sample shuffled(int[] order, int from, int to) {
        double[][] vectors = new double[order.length][];
        for (int row = 0; row < order.length; row++) {
            vectors[row] = sample.vectors()[row].clone();
            System.arraycopy(sample.vectors()[order[row]], from, vectors[row], from, to - from);
        }
        return new Sample(vectors, sample.truth());
    }
}
