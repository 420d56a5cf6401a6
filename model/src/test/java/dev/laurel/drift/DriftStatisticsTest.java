package dev.laurel.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The numbers are SciPy's: {@code bench/drift_scipy.py} prints them. */
class DriftStatisticsTest {
    @Test
    void countsThePathsOfKolmogorovAndSmirnov() {
        long[] first = {1, 1, 0, 1, 1, 1, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0};
        long[] second = LongStream.of(first).map(of -> 1 - of).toArray();

        assertThat(KolmogorovSmirnov.distance(first, second)).isCloseTo(0.55, within(1e-12));
        assertThat(KolmogorovSmirnov.p(first, second)).isCloseTo(0.09511403629050688, within(1e-9));
        assertThat(KolmogorovSmirnov.p(second, first)).isCloseTo(0.09511403629050688, within(1e-9));
    }

    @Test
    void countsThemWithTies() {
        assertThat(KolmogorovSmirnov.p(new long[] {4, 2, 1, 0}, new long[] {1, 2, 2, 4}))
                .isCloseTo(0.10314685314685315, within(1e-9));
    }

    @Test
    void knowsTheLimitForLargeSamples() {
        assertThat(KolmogorovSmirnov.limit(0.1, 300, 500)).isCloseTo(0.04703487990738155, within(1e-12));
    }

    /** What is counted exactly may be a little less likely than the limit says, and is never far from it. */
    @Test
    void comesNearTheLimitWhereThereAreManyCells() {
        long[] then = LongStream.generate(() -> 10).limit(100).toArray();
        long[] now = then.clone();
        for (int cell = 0; cell < 100; cell++) {
            now[cell] += cell < 50 ? 1 : -1;
        }
        double limit = KolmogorovSmirnov.limit(0.05, 1000, 1000);

        assertThat(KolmogorovSmirnov.distance(then, now)).isCloseTo(0.05, within(1e-12));
        assertThat(KolmogorovSmirnov.p(then, now)).isBetween(limit * 0.75, limit);
    }

    @Test
    void testsHomogeneity() {
        long[] one = {30, 14, 16};
        long[] other = {90, 80, 30};

        assertThat(Homogeneity.statistic(one, other)).isCloseTo(7.346823928461303, within(1e-9));
        assertThat(Homogeneity.p(one, other)).isCloseTo(0.025389693266148892, within(1e-9));
    }

    @Test
    void drawsWhereCategoriesAreRare() {
        long[] one = {5, 1, 2};
        long[] other = {2, 9, 1};

        assertThat(Homogeneity.statistic(one, other)).isCloseTo(7.519841269841271, within(1e-9));
        assertThat(Homogeneity.p(one, other)).isCloseTo(0.024, within(0.008));
        assertThat(Homogeneity.p(one, other)).isEqualTo(Homogeneity.p(one, other));
    }

    /** As a column of postal codes: each by itself is rare in 2,500 rows, all of them together are a fifth. */
    @Test
    void seesInALargeFileThatAllRareCategoriesAreGone() {
        long[] then = LongStream.concat(LongStream.generate(() -> 3).limit(200), LongStream.of(1900))
                .toArray();
        long[] now = LongStream.concat(LongStream.generate(() -> 0).limit(200), LongStream.of(2500))
                .toArray();

        assertThat(Homogeneity.p(then, now)).isLessThan(1e-50);
    }

    @Test
    void seesInALargeFileThatRareCategoriesHaveTakenThePlaceOfOthers() {
        long[] then = LongStream.concat(
                        LongStream.generate(() -> 6).limit(100),
                        LongStream.generate(() -> 1).limit(100))
                .toArray();
        long[] now = LongStream.concat(
                        LongStream.generate(() -> 1).limit(100),
                        LongStream.generate(() -> 6).limit(100))
                .toArray();
        long[] many = {2000};

        assertThat(Homogeneity.p(joined(then, many), joined(now, many))).isLessThan(1e-20);
        assertThat(Homogeneity.p(joined(then, many), joined(then, many))).isEqualTo(1);
    }

    private static long[] joined(long[] one, long[] other) {
        return LongStream.concat(LongStream.of(one), LongStream.of(other)).toArray();
    }

    @Test
    void measuresHowFarNumbersWereMoved() {
        Cells then = new Cells(4, List.of(-1.0, 0.0, 0.5, 2.0), List.of(2, 3, 4, 1));
        Seen.Numbers now = new Seen.Numbers(List.of(1L, 0L, 5L, 0L, 2L, 2L), 2, 5);

        assertThat(Wasserstein.distance(then, now)).isCloseTo(1.3, within(1e-12));
    }

    @Test
    void accountsForManyTests() {
        double[] q = BenjaminiHochberg.q(new double[] {0.01, 0.04, 0.03, 0.005, 0.5});

        double[] expected = {0.025, 0.05, 0.05, 0.025, 0.5};
        for (int i = 0; i < q.length; i++) {
            assertThat(q[i]).isCloseTo(expected[i], within(1e-12));
        }
    }

    @Test
    void measuresStability() {
        assertThat(StabilityIndex.of(new long[] {10, 20, 5, 5}, new long[] {3, 5, 0, 2}))
                .isCloseTo(0.14646774616722003, within(1e-12));
        assertThat(StabilityIndex.byChance(new long[] {10, 20, 5, 5}, new long[] {3, 5, 0, 2}))
                .isCloseTo(3 * (1 / 10.0 + 1 / 40.0), within(1e-12));
    }

    @Test
    void emptySamplesAndSingleCategoriesAreNoEvidence() {
        long[] nothing = {0, 0};
        long[] some = {5, 0};

        assertThat(KolmogorovSmirnov.p(nothing, some)).isEqualTo(1);
        assertThat(KolmogorovSmirnov.p(some, some)).isEqualTo(1);
        assertThat(Homogeneity.p(nothing, some)).isEqualTo(1);
        assertThat(Homogeneity.p(some, some)).isEqualTo(1);
        assertThat(Homogeneity.statistic(nothing, some)).isZero();
        assertThat(StabilityIndex.of(some, nothing)).isZero();
        assertThat(StabilityIndex.byChance(nothing, nothing)).isZero();
    }
}
