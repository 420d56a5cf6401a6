package dev.laurel.task;

import dev.laurel.evaluation.Churn;
import dev.laurel.evaluation.Metrics;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What kind of answer a model gives. A true answer is one number, the place of a label or a value; a predictor's are scores, one for each
 * label or the value alone. Whoever asks which kind it is belongs in here.
 */
public sealed interface Task permits Classification, Regression {

    /** Scores that a predictor gives. */
    int outputs();

    boolean isOfLabels();

    /** For people: {@code one of UP, DOWN} or {@code a value in EUR}. */
    String described();

    Metrics metrics(double[] truth, double[][] scores);

    Churn churn(double[] truth, double[][] before, double[][] after);

    /** What the scores say, with {@code threshold} the score from which on it is the positive label of two. */
    Answer answer(double[] scores, double threshold);

    /**
     * Scores for a row by one who knows the training rows but no features: the shares of the labels, or the mean.
     *
     * @param training the true answers of the training rows
     */
    double[] naive(double[] training);

    /** The share of each label; null where there are none. */
    @Nullable
    SortedMap<String, Double> shares(double[] truth);

    /** @throws dev.laurel.model.InvalidValueException when nothing can be learned from such answers */
    void expectLearnable(double[] training);

    /** @throws dev.laurel.model.InvalidValueException when a predictor must not give such scores */
    void expectScores(double[] scores);

    /** Names of the scores. */
    List<String> outputNames();
}
