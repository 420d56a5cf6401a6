package dev.laurel.drift;

import dev.laurel.drift.ColumnDrift.Kind;
import dev.laurel.drift.Profile.Distribution;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One thing before and now, compared by itself: what {@link ColumnDrift} says, but for what depends on all others.
 *
 * @param reference rows that it is compared with
 * @param least the least distance that matters
 */
record DriftFinding(
        String name,
        Kind kind,
        long reference,
        long rows,
        double distance,
        double least,
        double p,
        @Nullable Double psi,
        @Nullable Double psiByChance,
        @Nullable Double chiSquared,
        @Nullable Double wasserstein,
        @Nullable Double shareThen,
        @Nullable Double shareNow,
        @Nullable List<String> unseen) {

    static DriftFinding numbers(Kind kind, Distribution then, Cells cells, Seen.Numbers now, DriftRules rules) {
        long[] before = cells.withOuter();
        long[] after = now.counts().stream().mapToLong(Long::longValue).toArray();
        long rows = KolmogorovSmirnov.sum(after);
        return new DriftFinding(
                then.feature(),
                kind,
                KolmogorovSmirnov.sum(before),
                rows,
                KolmogorovSmirnov.distance(before, after),
                rules.distance(),
                KolmogorovSmirnov.p(before, after),
                StabilityIndex.of(before, after),
                StabilityIndex.byChance(before, after),
                null,
                deviations(then, cells, now),
                null,
                null,
                null);
    }

    /** Absent where there are no deviations to measure in. */
    private static @Nullable Double deviations(Distribution then, Cells cells, Seen.Numbers now) {
        double distance = Wasserstein.distance(cells, now) / then.standardDeviation();
        return Double.isFinite(distance) ? distance : null;
    }

    /**
     * @param othersThen rows of words that the profile does not count one by one
     * @param now words that were seen, with those that the profile does not know
     */
    static DriftFinding words(
            String name,
            Kind kind,
            SortedMap<String, Integer> then,
            long othersThen,
            SortedMap<String, Long> now,
            long othersNow,
            DriftRules rules) {
        SortedSet<String> unknown = new TreeSet<>(now.keySet());
        unknown.removeAll(then.keySet());
        // What the profile does not count one by one may be any of these.
        long unknownRows = othersNow
                + unknown.stream().mapToLong(word -> now.getOrDefault(word, 0L)).sum();
        String[] known = then.keySet().toArray(new String[0]);
        long[] before = IntStream.rangeClosed(0, known.length)
                .mapToLong(i -> i == known.length ? othersThen : then.getOrDefault(known[i], 0))
                .toArray();
        long[] after = IntStream.rangeClosed(0, known.length)
                .mapToLong(i -> i == known.length ? unknownRows : now.getOrDefault(known[i], 0L))
                .toArray();
        return new DriftFinding(
                name,
                kind,
                KolmogorovSmirnov.sum(before),
                KolmogorovSmirnov.sum(after),
                totalVariation(before, after),
                rules.distance(),
                Homogeneity.p(before, after),
                StabilityIndex.of(before, after),
                StabilityIndex.byChance(before, after),
                Homogeneity.statistic(before, after),
                null,
                null,
                null,
                othersThen > 0 ? List.of() : List.copyOf(unknown));
    }

    static DriftFinding missing(String name, long rowsThen, long missingThen, Seen.Words now, DriftRules rules) {
        long[] before = {rowsThen - missingThen, missingThen};
        long[] after = {now.rows() - now.missing(), now.missing()};
        return new DriftFinding(
                name,
                Kind.MISSING,
                rowsThen,
                now.rows(),
                totalVariation(before, after),
                rules.missing(),
                Homogeneity.p(before, after),
                null,
                null,
                null,
                null,
                (double) missingThen / rowsThen,
                now.rows() == 0 ? null : (double) now.missing() / now.rows(),
                null);
    }

    /** Half the sum of the differences of the shares, 0..1; 0 where one is empty. */
    static double totalVariation(long[] one, long[] other) {
        double n = Arrays.stream(one).sum();
        double m = Arrays.stream(other).sum();
        return n == 0 || m == 0
                ? 0
                : Math.min(
                        1,
                        IntStream.range(0, one.length)
                                        .mapToDouble(i -> Math.abs(one[i] / n - other[i] / m))
                                        .sum()
                                / 2);
    }
}
