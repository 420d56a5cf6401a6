package dev.laurel.model;

/**
 * How good the predictions of one model on some rows are. The positive class is the target's {@code up} label; a row counts as
 * predicted positive when its probability is 0.5 or more. Formulas: see {@code dev.laurel.evaluation.Evaluation}.
 */
public record Metrics(
        int rows,
        double accuracy,
        double precision,
        double recall,
        double f1,
        double auc,
        double logLoss,
        double brier,
        Confusion confusion) {

    /** Counts of rows by predicted and true label. */
    public record Confusion(int truePositives, int falsePositives, int trueNegatives, int falseNegatives) {}

    public double get(Metric metric) {
        return switch (metric) {
            case ACCURACY -> accuracy;
            case PRECISION -> precision;
            case RECALL -> recall;
            case F1 -> f1;
            case AUC -> auc;
            case LOG_LOSS -> logLoss;
            case BRIER -> brier;
        };
    }
}
