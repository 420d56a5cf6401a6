package dev.laurel.drift;

import dev.laurel.model.Expect;
import dev.laurel.model.Profile;
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
     * @param positive the label of each row
     */
    public static Profile of(List<String> names, double[][] vectors, boolean[] positive) {
        Expect.that(
                vectors.length == positive.length, "labels", positive.length, "one for each row: " + vectors.length);
        Expect.range("rows", vectors.length, 1, Integer.MAX_VALUE);
        List<Profile.Distribution> distributions = new ArrayList<>();
        for (int column = 0; column < names.size(); column++) {
            int feature = column;
            double[] values = Arrays.stream(vectors)
                    .mapToDouble(vector -> vector[feature])
                    .sorted()
                    .toArray();
            distributions.add(distribution(names.get(column), values));
        }
        long positives =
                IntStream.range(0, positive.length).filter(i -> positive[i]).count();
        return new Profile(vectors.length, distributions, (double) positives / positive.length);
    }

    private static Profile.Distribution distribution(String name, double[] sorted) {
        double mean = 0;
        for (double value : sorted) {
            mean += value / sorted.length;
        }
        double squares = 0;
        for (double value : sorted) {
            squares += (value - mean) * (value - mean);
        }
        double standardDeviation = sorted.length < 2 ? 0 : Math.sqrt(squares / (sorted.length - 1));
        List<Double> deciles = IntStream.rangeClosed(0, 10)
                .mapToObj(i -> quantile(sorted, i / 10.0))
                .toList();
        return new Profile.Distribution(name, mean, standardDeviation, deciles);
    }

    /** Linear interpolation between order statistics: type 7 of Hyndman and Fan, "Sample quantiles in statistical packages" (1996). */
    private static double quantile(double[] sorted, double p) {
        double position = p * (sorted.length - 1);
        int below = (int) Math.floor(position);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
