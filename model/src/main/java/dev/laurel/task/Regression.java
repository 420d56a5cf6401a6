package dev.laurel.task;

import dev.laurel.evaluation.Churn;
import dev.laurel.evaluation.Metrics;
import dev.laurel.evaluation.RegressionMetrics;
import dev.laurel.model.Expect;
import dev.laurel.table.Statistics;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** A number, in a unit. */
public record Regression(String unit) implements Task {
    public Regression {
        Expect.notBlank("unit", unit);
    }

    @Override
    public int outputs() {
        return 1;
    }

    @Override
    public boolean isOfLabels() {
        return false;
    }

    @Override
    public List<String> outputNames() {
        return List.of("value");
    }

    @Override
    public String described() {
        return "a value in " + unit;
    }

    @Override
    public Metrics metrics(double[] truth, double[][] scores) {
        return RegressionMetrics.of(truth, scores);
    }

    @Override
    public Churn churn(double[] truth, double[][] before, double[][] after) {
        int changed = 0;
        int nearer = 0;
        int farther = 0;
        double shift = 0;
        for (int row = 0; row < truth.length; row++) {
            double was = Math.abs(before[row][0] - truth[row]);
            double now = Math.abs(after[row][0] - truth[row]);
            changed += before[row][0] == after[row][0] ? 0 : 1;
            nearer += now < was ? 1 : 0;
            farther += now > was ? 1 : 0;
            shift += Math.abs(after[row][0] - before[row][0]) / truth.length;
        }
        return new Churn(Churn.Kind.VALUES, truth.length, changed, nearer, farther, shift);
    }

    @Override
    public Answer answer(double[] scores, double threshold) {
        return new Answer.Estimated(scores[0], unit);
    }

    @Override
    public double[] naive(double[] training) {
        return new double[] {Statistics.mean(training)};
    }

    @Override
    public @Nullable SortedMap<String, Double> shares(double[] truth) {
        return null;
    }

    @Override
    public void expectLearnable(double[] training) {
        Expect.that(
                Statistics.vary(training),
                "values of the training rows",
                "all " + training[0],
                "at least two; make the training window larger");
    }

    @Override
    public void expectScores(double[] scores) {
        Expect.that(Double.isFinite(scores[0]), "value", scores[0], "a finite number");
    }
}
