package dev.laurel.drift;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.laurel.drift.Profile.ColumnProfile;
import dev.laurel.drift.Profile.Distribution;
import dev.laurel.model.InvalidValueException;
import dev.laurel.table.Column;
import dev.laurel.table.Table;
import dev.laurel.task.Answer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts rows as they come, in the cells of a profile. Not safe for several threads. */
public final class Tally {
    /** Words that training did not see, beside those that it did: enough to name them, and no way to fill the memory. */
    private static final int MOST_UNSEEN = 50;
    /** Rows that a row is compared with: those that came last. */
    private static final int REMEMBERED = 1024;

    private final List<NumberTally> features = new ArrayList<>();
    private final List<WordTally> columns = new ArrayList<>();
    private final SortedMap<String, Long> labels = new TreeMap<>();
    private final NumberTally scores;
    private final long @Nullable [] remembered;
    private long rows;
    private long repeated;

    /** @throws InvalidValueException when drift cannot be measured against that profile */
    public Tally(Profile profile) {
        this(profile, Set.of());
    }

    /**
     * @param secret columns whose words are not named unless the profile has them
     * @throws InvalidValueException when drift cannot be measured against that profile
     */
    public Tally(Profile profile, Set<String> secret) {
        if (profile.columns() == null || profile.answers() == null) {
            throw new InvalidValueException(
                    "profile", "without counts", "one that drift can be measured against; train the model again");
        }
        for (int place = 0; place < profile.features().size(); place++) {
            if (profile.features().get(place).cells() != null) {
                features.add(new NumberTally(profile.features().get(place), place));
            }
        }
        profile.columns().forEach(column -> columns.add(new WordTally(column, secret.contains(column.column()))));
        scores = new NumberTally(profile.answers().scores(), 0);
        remembered = profile.isOfDifferentRows() ? new long[REMEMBERED] : null;
    }

    /**
     * A row that was answered. One that is the same as a row shortly before it is counted as repeated, and in nothing else, where all
     * training rows differ: it is no evidence of its own.
     *
     * @param table where the row stands as the source had it, missing values and all; null where only its features are known
     */
    public void add(double[] vector, Answer answer, @Nullable Table table, int row) {
        if (remembered != null && isRemembered(Fingerprint.of(vector))) {
            repeated++;
            return;
        }
        rows++;
        for (NumberTally feature : features) {
            feature.add(vector[feature.place]);
        }
        if (table != null) {
            for (WordTally column : columns) {
                column.add(table, row);
            }
        }
        scores.add(Profiles.score(answer));
        if (answer instanceof Answer.Classified classified) {
            labels.merge(classified.label(), 1L, Long::sum);
        }
    }

    /**
     * A row that could not be answered: what its columns have, and what they lack, is counted all the same. So a value that is missing without
     * a rule for it is drift, and not a row less.
     */
    public void addUnanswered(Table table, int row) {
        if (remembered != null && isRemembered(fingerprint(table, row))) {
            repeated++;
            return;
        }
        columns.forEach(column -> column.add(table, row));
    }

    private static long fingerprint(Table table, int row) {
        return Fingerprint.of(table.columns().stream()
                .mapToDouble(name -> table.column(name) instanceof Column.Numbers numbers
                        ? numbers.values()[row]
                        : Objects.hashCode(table.word(name, row)))
                .toArray());
    }

    private boolean isRemembered(long fingerprint) {
        long[] all = Objects.requireNonNull(remembered);
        int place = (int) (fingerprint & (REMEMBERED - 1));
        boolean same = all[place] == fingerprint;
        all[place] = fingerprint;
        return same;
    }

    public Seen seen() {
        SortedMap<String, Seen.Numbers> numbers = new TreeMap<>();
        features.forEach(feature -> numbers.put(feature.name, feature.seen()));
        SortedMap<String, Seen.Words> words = new TreeMap<>();
        columns.forEach(column -> words.put(column.name, column.seen()));
        return new Seen(rows, repeated, numbers, words, labels, scores.seen());
    }

    /** What was seen since the last time; it goes on from nothing, but for the rows that it remembers. */
    public Seen next() {
        Seen seen = seen();
        rows = 0;
        repeated = 0;
        features.forEach(NumberTally::clear);
        columns.forEach(WordTally::clear);
        labels.clear();
        scores.clear();
        return seen;
    }

    private static final class NumberTally {
        final String name;
        final int place;
        private final double[] edges;
        private final long[] counts;
        private double below;
        private double above;

        NumberTally(Distribution distribution, int place) {
            this.name = distribution.feature();
            this.place = place;
            this.edges = distribution.cells() == null
                    ? new double[1]
                    : distribution.cells().edges().stream()
                            .mapToDouble(Double::doubleValue)
                            .toArray();
            this.counts = new long[edges.length + 2];
        }

        void add(double value) {
            int found = Arrays.binarySearch(edges, value + 0.0);
            int at = found >= 0 ? found : -found - 1;
            if (at == edges.length) {
                above = Seen.Numbers.sum(above, value - edges[at - 1]);
            } else if (value < edges[0]) {
                below = Seen.Numbers.sum(below, edges[0] - value);
            }
            counts[value < edges[0] ? 0 : at + 1]++;
        }

        void clear() {
            Arrays.fill(counts, 0);
            below = 0;
            above = 0;
        }

        Seen.Numbers seen() {
            return new Seen.Numbers(Arrays.stream(counts).boxed().toList(), below, above);
        }
    }

    private static final class WordTally {
        private static final int LONGEST_WORD = 1_000;

        final String name;
        private final boolean ofWords;
        private final int mostUnseen;
        private final Map<String, Integer> known;
        private final SortedMap<String, Long> words = new TreeMap<>();
        private int unseen;
        private long rows;
        private long missing;
        private long others;

        WordTally(ColumnProfile profile, boolean secret) {
            this.name = profile.column();
            this.ofWords = profile.words() != null;
            this.mostUnseen = secret ? 0 : MOST_UNSEEN;
            this.known = profile.words() == null ? Map.of() : profile.words();
        }

        void add(Table table, int row) {
            rows++;
            if (table.isMissing(name, row)) {
                missing++;
            } else if (ofWords && table.column(name) instanceof Column.Words) {
                add(String.valueOf(table.word(name, row)));
            }
        }

        private void add(String word) {
            if (!known.containsKey(word) && !words.containsKey(word)) {
                if (unseen == mostUnseen || !canBeKept(word)) {
                    others++;
                    return;
                }
                unseen++;
            }
            words.merge(word, 1L, Long::sum);
        }

        /** Half a character of UTF-16, or a text without end, would make all counts unreadable that are kept beside it. */
        private static boolean canBeKept(String word) {
            return word.length() <= LONGEST_WORD && UTF_8.newEncoder().canEncode(word);
        }

        void clear() {
            words.clear();
            unseen = 0;
            rows = 0;
            missing = 0;
            others = 0;
        }

        Seen.Words seen() {
            return new Seen.Words(rows, missing, words, others);
        }
    }
}
