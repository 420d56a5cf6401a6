package dev.laurel.drift;

import dev.laurel.drift.ColumnDrift.Kind;
import dev.laurel.drift.Profile.Distribution;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.LongStream;

/** The distributions of training and of what was seen, for a picture. */
public final class Shares {
    private final Map<String, Pair> pairs = new HashMap<>();

    /**
     * Of one thing, the share of each cell or word.
     *
     * @param then as many as {@code now}, each 0..1
     */
    public record Pair(List<Double> then, List<Double> now) {
        public Pair {
            then = List.copyOf(then);
            now = List.copyOf(now);
        }
    }

    /** @param seen counted by a {@link Tally} of that profile */
    public Shares(Profile profile, Seen seen) {
        for (Distribution feature : profile.features()) {
            if (feature.cells() != null) {
                add(
                        Kind.NUMBERS,
                        feature,
                        feature.cells(),
                        Objects.requireNonNull(seen.features().get(feature.feature())));
            }
        }
        Objects.requireNonNull(profile.columns()).forEach(column -> {
            if (column.words() != null) {
                add(
                        Kind.WORDS,
                        column.column(),
                        column.words(),
                        Objects.requireNonNull(seen.columns().get(column.column()))
                                .words());
            }
        });
        Profile.AnswerProfile answers = Objects.requireNonNull(profile.answers());
        if (answers.labels() != null) {
            add(Kind.LABELS, Drift.ANSWER, answers.labels(), seen.labels());
        }
        if (answers.scores().cells() != null && seen.scores() != null) {
            add(Kind.ANSWERS, answers.scores(), answers.scores().cells(), seen.scores());
        }
    }

    private void add(Kind kind, Distribution then, Cells cells, Seen.Numbers now) {
        pairs.put(
                kind + then.feature(),
                new Pair(
                        shares(cells.withOuter()),
                        shares(now.counts().stream().mapToLong(Long::longValue).toArray())));
    }

    private void add(Kind kind, String name, Map<String, Integer> then, Map<String, Long> now) {
        SortedSet<String> words = new TreeSet<>(then.keySet());
        words.addAll(now.keySet());
        pairs.put(
                kind + name,
                new Pair(
                        shares(words.stream()
                                .mapToLong(word -> then.getOrDefault(word, 0))
                                .toArray()),
                        shares(words.stream()
                                .mapToLong(word -> now.getOrDefault(word, 0L))
                                .toArray())));
    }

    private static List<Double> shares(long[] counts) {
        double sum = Math.max(1, LongStream.of(counts).sum());
        return Arrays.stream(counts).mapToObj(count -> count / sum).toList();
    }

    /** Empty where there is no distribution, as of what is missing. */
    public Optional<Pair> of(ColumnDrift column) {
        return Optional.ofNullable(pairs.get(column.kind() + column.name()));
    }
}
