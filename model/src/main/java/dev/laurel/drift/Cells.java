package dev.laurel.drift;

import dev.laurel.model.Expect;
import dev.laurel.model.InvalidValueException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How many of some numbers lie where: counts between edges, so that what is seen later can be counted in the same way and compared. One
 * cell ends at each edge, which belongs to it; nothing lies below the first edge or above the last.
 *
 * @param distinct different numbers; as many as there are edges where each edge is one of them and nothing lies between
 * @param edges in rising order
 * @param counts one for each edge: the numbers above the edge before it, up to it
 */
public record Cells(int distinct, List<Double> edges, List<Integer> counts) {
    /** Equal shares that the edges divide the numbers into, as far as equal numbers let them. */
    static final int SHARES = 20;

    public Cells {
        edges = List.copyOf(edges);
        counts = List.copyOf(counts);
        Expect.notEmpty("edges", edges);
        Expect.that(counts.size() == edges.size(), "counts", counts.size(), "one for each edge: " + edges.size());
        Expect.range("distinct", distinct, edges.size(), Integer.MAX_VALUE);
        counts.forEach(count -> Expect.range("counts", count, 1, Integer.MAX_VALUE));
        for (int i = 0; i < edges.size(); i++) {
            double edge = edges.get(i);
            if (!Double.isFinite(edge) || (i > 0 && edge <= edges.get(i - 1))) {
                throw new InvalidValueException("edges", edge, "finite numbers in rising order");
            }
        }
    }

    /** @param sorted at least one number, in rising order */
    static Cells of(double[] sorted) {
        int distinct = 1;
        for (int i = 1; i < sorted.length; i++) {
            distinct += sorted[i] == sorted[i - 1] ? 0 : 1;
        }
        double[] edges = distinct <= SHARES + 1
                ? Arrays.stream(sorted).distinct().toArray()
                : IntStream.rangeClosed(0, SHARES)
                        .mapToDouble(i -> sorted[(int) ((long) i * (sorted.length - 1) / SHARES)])
                        .distinct()
                        .toArray();
        List<Integer> counts = new ArrayList<>();
        int from = 0;
        for (double edge : edges) {
            int to = from;
            while (to < sorted.length && sorted[to] <= edge) {
                to++;
            }
            counts.add(to - from);
            from = to;
        }
        return new Cells(distinct, Arrays.stream(edges).boxed().toList(), counts);
    }

    /** Whether nothing lies between two edges. */
    boolean isOfSingleNumbers() {
        return distinct == edges.size();
    }

    /** The counts with those of the two outer cells, below and above all edges, where there is nothing. */
    long[] withOuter() {
        long[] all = new long[counts.size() + 2];
        for (int i = 0; i < counts.size(); i++) {
            all[i + 1] = counts.get(i);
        }
        return all;
    }
}
