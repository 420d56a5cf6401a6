package dev.laurel.task;

import dev.laurel.evaluation.Churn;
import dev.laurel.evaluation.ClassificationMetrics;
import dev.laurel.evaluation.Metrics;
import dev.laurel.model.Expect;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One of several labels.
 *
 * @param labels in the order of the scores; of two the first is the positive one, whose probability is called the confidence
 */
public record Classification(List<String> labels) implements Task {
    public Classification {
        labels = List.copyOf(labels);
        Expect.range("labels", labels.size(), 2, 1000);
        Expect.that(new HashSet<>(labels).size() == labels.size(), "labels", labels, "each one once");
    }

    @Override
    public int outputs() {
        return labels.size();
    }

    @Override
    public boolean isOfLabels() {
        return true;
    }

    @Override
    public List<String> outputNames() {
        return labels;
    }

    @Override
    public String described() {
        return "one of " + String.join(", ", labels);
    }

    @Override
    public Metrics metrics(double[] truth, double[][] scores) {
        return ClassificationMetrics.of(labels, truth, scores);
    }

    @Override
    public Churn churn(double[] truth, double[][] before, double[][] after) {
        int changed = 0;
        int corrected = 0;
        int broken = 0;
        double shift = 0;
        for (int row = 0; row < truth.length; row++) {
            int was = ClassificationMetrics.predicted(before[row]);
            int now = ClassificationMetrics.predicted(after[row]);
            changed += was == now ? 0 : 1;
            corrected += was != now && now == truth[row] ? 1 : 0;
            broken += was != now && was == truth[row] ? 1 : 0;
            for (int label = 0; label < labels.size(); label++) {
                shift += Math.abs(after[row][label] - before[row][label]) / 2 / truth.length;
            }
        }
        return new Churn(Churn.Kind.LABELS, truth.length, changed, corrected, broken, shift);
    }

    @Override
    public Answer answer(double[] scores, double threshold) {
        List<Double> probabilities = Arrays.stream(scores).boxed().toList();
        if (labels.size() == 2) {
            return new Answer.Classified(labels.get(scores[0] >= threshold ? 0 : 1), scores[0], probabilities);
        }
        int best = ClassificationMetrics.predicted(scores);
        return new Answer.Classified(labels.get(best), scores[best], probabilities);
    }

    @Override
    public double[] naive(double[] training) {
        double[] shares = new double[labels.size()];
        for (double label : training) {
            shares[(int) label] += 1.0 / training.length;
        }
        return Arrays.stream(shares).map(share -> Math.min(1, share)).toArray();
    }

    @Override
    public SortedMap<String, Double> shares(double[] truth) {
        SortedMap<String, Double> shares = new TreeMap<>();
        for (int label = 0; label < labels.size(); label++) {
            int place = label;
            long rows = Arrays.stream(truth).filter(each -> each == place).count();
            shares.put(labels.get(label), (double) rows / truth.length);
        }
        return shares;
    }

    @Override
    public void expectLearnable(double[] training) {
        List<String> present = new ArrayList<>();
        shares(training).forEach((label, share) -> {
            if (share > 0) {
                present.add(label);
            }
        });
        Expect.that(
                present.size() > 1,
                "labels of the training rows",
                "only " + String.join(", ", present),
                (labels.size() == 2 ? "both " + String.join(" and ", labels) : "at least two of " + labels)
                        + "; make the training window larger");
    }

    @Override
    public void expectScores(double[] scores) {
        double sum = 0;
        for (int label = 0; label < scores.length; label++) {
            Expect.range("probability of " + labels.get(label), scores[label], 0.0, 1.0);
            sum += scores[label];
        }
        Expect.that(Math.abs(sum - 1) < 1e-6, "sum of the probabilities", sum, "1");
    }
}
