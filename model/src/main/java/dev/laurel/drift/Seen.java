package dev.laurel.drift;

import dev.laurel.model.Expect;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a model was asked and what it answered, counted in the cells of its profile. Its size does not depend on how many rows there were,
 * and that of two parts is their sum, in whatever order: of blocks of a file, of hours, of replicas.
 *
 * @param rows that were answered, without the repeated ones
 * @param repeated rows that were left out, since the very same row had come shortly before
 * @param features by name
 * @param columns by name; of rows that were given as features there is nothing in them
 * @param labels the rows of each answered label; empty for a regression
 */
public record Seen(
        long rows,
        long repeated,
        SortedMap<String, Numbers> features,
        SortedMap<String, Words> columns,
        SortedMap<String, Long> labels,
        @Nullable Numbers scores) {

    /**
     * Numbers, counted.
     *
     * @param counts of the cell below the first edge, of one for each edge, and of the one above the last
     * @param below by how much those below the first edge miss it, in sum
     * @param above by how much those above the last edge exceed it, in sum
     */
    public record Numbers(List<Long> counts, double below, double above) {
        public Numbers {
            counts = List.copyOf(counts);
        }

        /** Never infinite, which no document can hold: numbers may be as large as a double. */
        static double sum(double one, double other) {
            return Math.min(Double.MAX_VALUE, one + other);
        }

        Numbers plus(Numbers other) {
            Expect.that(
                    counts.size() == other.counts.size(),
                    "cells",
                    other.counts.size(),
                    "those of the same version: " + counts.size());
            List<Long> sums = new ArrayList<>();
            for (int cell = 0; cell < counts.size(); cell++) {
                sums.add(counts.get(cell) + other.counts.get(cell));
            }
            return new Numbers(sums, sum(below, other.below), sum(above, other.above));
        }
    }

    /**
     * What a column of the source had.
     *
     * @param rows that said something of it, be it that it is missing
     * @param words the rows of each word; empty in a column of numbers
     * @param others rows of words that are not counted one by one
     */
    public record Words(long rows, long missing, SortedMap<String, Long> words, long others) {
        public Words {
            words = Collections.unmodifiableSortedMap(new TreeMap<>(words));
        }

        Words plus(Words other) {
            return new Words(
                    rows + other.rows,
                    missing + other.missing,
                    joined(words, other.words, Long::sum),
                    others + other.others);
        }
    }

    public Seen {
        features = Collections.unmodifiableSortedMap(new TreeMap<>(features));
        columns = Collections.unmodifiableSortedMap(new TreeMap<>(columns));
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }

    /** @throws dev.laurel.model.InvalidValueException when they are counted in the cells of different profiles */
    public Seen plus(Seen other) {
        return new Seen(
                rows + other.rows,
                repeated + other.repeated,
                joined(features, other.features, Numbers::plus),
                joined(columns, other.columns, Words::plus),
                joined(labels, other.labels, Long::sum),
                scores == null ? other.scores : other.scores == null ? scores : scores.plus(other.scores));
    }

    private static <T> SortedMap<String, T> joined(
            SortedMap<String, T> one, SortedMap<String, T> other, BinaryOperator<T> sum) {
        SortedMap<String, T> joined = new TreeMap<>(one);
        other.forEach((name, value) -> joined.merge(name, value, sum));
        return joined;
    }
}
