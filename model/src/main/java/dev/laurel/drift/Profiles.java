package dev.laurel.drift;

import dev.laurel.drift.Profile.Distribution;
import dev.laurel.model.Expect;
import dev.laurel.table.Statistics;
import dev.laurel.task.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Makes the profile of some rows. */
public final class Profiles {
    private Profiles() {}

    /**
     * @param names of the features, one for each column of {@code vectors}
     * @param vectors the features of each row; at least one row
     * @param truth the true answer of each row, as the task has it
     */
    public static Profile of(List<String> names, double[][] vectors, Task task, double[] truth) {
        Expect.that(vectors.length == truth.length, "answers", truth.length, "one for each row: " + vectors.length);
        Expect.range("rows", vectors.length, 1, Integer.MAX_VALUE);
        List<Distribution> distributions = new ArrayList<>();
        for (int column = 0; column < names.size(); column++) {
            int feature = column;
            double[] values = Arrays.stream(vectors)
                    .mapToDouble(vector -> vector[feature])
                    .toArray();
            distributions.add(distribution(names.get(column), values));
        }
        return new Profile(
                vectors.length,
                distributions,
                task.shares(truth),
                task.isOfLabels() ? null : distribution("value", truth));
    }

    private static Distribution distribution(String name, double[] values) {
        double[] sorted = Arrays.stream(values).sorted().toArray();
        List<Double> deciles = IntStream.rangeClosed(0, 10)
                .mapToObj(i -> Statistics.quantile(sorted, i / 10.0))
                .toList();
        return new Distribution(name, Statistics.mean(sorted), Statistics.standardDeviation(sorted), deciles);
    }
}
