package dev.laurel.drift;

import dev.laurel.drift.Profile.AnswerProfile;
import dev.laurel.drift.Profile.ColumnProfile;
import dev.laurel.drift.Profile.Distribution;
import dev.laurel.model.Expect;
import dev.laurel.table.Column;
import dev.laurel.table.Statistics;
import dev.laurel.table.Table;
import dev.laurel.task.Answer;
import dev.laurel.task.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes the profile of some rows. */
public final class Profiles {
    /** Of a column of free text nobody wants them all. */
    static final int MOST_WORDS = 200;
    /** The share of rows whose word no other row has: half of the least distance that matters. */
    private static final double MOST_ONCE = 0.05;
    /** The same rows always give the same profile. */
    private static final long SEED = 1;

    private Profiles() {}

    /**
     * Without what drift is measured against.
     *
     * @param names of the features, one for each column of {@code vectors}
     * @param vectors the features of each row; at least one row
     * @param truth the true answer of each row, as the task has it
     */
    public static Profile of(List<String> names, double[][] vectors, Task task, double[] truth) {
        return of(names, Set.of(), vectors, task, truth, null, null, null);
    }

    /**
     * @param measured the features whose numbers drift is measured by
     * @param columns by {@link #column}
     * @param answers for rows that the model did not learn from; at least one
     */
    public static Profile of(
            List<String> names,
            Set<String> measured,
            double[][] vectors,
            Task task,
            double[] truth,
            List<ColumnProfile> columns,
            List<Answer> answers) {
        return of(names, measured, vectors, task, truth, distinct(vectors), columns, answers(answers));
    }

    private static Profile of(
            List<String> names,
            Set<String> measured,
            double[][] vectors,
            Task task,
            double[] truth,
            @Nullable Integer distinct,
            @Nullable List<ColumnProfile> columns,
            @Nullable AnswerProfile answers) {
        Expect.that(vectors.length == truth.length, "answers", truth.length, "one for each row: " + vectors.length);
        Expect.range("rows", vectors.length, 1, Integer.MAX_VALUE);
        List<Distribution> distributions = new ArrayList<>();
        for (int column = 0; column < names.size(); column++) {
            int feature = column;
            double[] values = Arrays.stream(vectors)
                    .mapToDouble(vector -> vector[feature])
                    .toArray();
            distributions.add(distribution(names.get(column), values, measured.contains(names.get(column))));
        }
        return new Profile(
                vectors.length,
                distributions,
                task.shares(truth),
                task.isOfLabels() ? null : distribution("value", truth, false),
                distinct,
                columns,
                answers);
    }

    private static Distribution distribution(String name, double[] values, boolean measured) {
        // Without -0.0, which is another number to a sort and none to anybody else.
        double[] sorted =
                Arrays.stream(values).map(value -> value + 0.0).sorted().toArray();
        List<Double> deciles = IntStream.rangeClosed(0, 10)
                .mapToObj(i -> Statistics.quantile(sorted, i / 10.0))
                .toList();
        return new Distribution(
                name,
                Statistics.mean(sorted),
                Statistics.standardDeviation(sorted),
                deciles,
                measured ? Cells.of(sorted) : null);
    }

    private static int distinct(double[][] vectors) {
        Set<Long> seen = new HashSet<>();
        for (double[] vector : vectors) {
            seen.add(Fingerprint.of(vector));
        }
        return seen.size();
    }

    /** What some rows have in a column. */
    public static ColumnProfile column(Table table, String name, int[] rows) {
        int missing = (int)
                Arrays.stream(rows).filter(row -> table.isMissing(name, row)).count();
        if (table.column(name) instanceof Column.Numbers) {
            return new ColumnProfile(name, missing, null, null);
        }
        List<String> all = Arrays.stream(rows)
                .mapToObj(row -> table.word(name, row))
                .filter(Objects::nonNull)
                .toList();
        SortedMap<String, Integer> counts = counts(all);
        if (!isOfFewWords(counts, all.size())) {
            return ofManyWords(name, missing, all);
        }
        return new ColumnProfile(name, missing, counts, null);
    }

    private static SortedMap<String, Integer> counts(List<String> words) {
        SortedMap<String, Integer> counts = new TreeMap<>();
        words.forEach(word -> counts.merge(word, 1, Integer::sum));
        return counts;
    }

    /** Words that came once stand for as many rows of words that will come and never did: Good (1953). */
    private static boolean isOfFewWords(SortedMap<String, Integer> counts, int rows) {
        long once = counts.values().stream().filter(count -> count == 1).count();
        return counts.size() <= MOST_WORDS && once <= MOST_ONCE * rows;
    }

    /**
     * Of many words some are frequent in these rows by chance, and will be so in no others. So half of the rows say which are counted, and the
     * other half how many there are of each.
     */
    private static ColumnProfile ofManyWords(String name, int missing, List<String> all) {
        Random random = new Random(SEED);
        Map<Boolean, List<String>> halves =
                all.stream().collect(Collectors.partitioningBy(word -> random.nextBoolean()));
        SortedMap<String, Integer> kept = new TreeMap<>();
        counts(Objects.requireNonNull(halves.get(true))).entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST_WORDS)
                .forEach(entry -> kept.put(entry.getKey(), 0));
        int others = 0;
        for (String word : Objects.requireNonNull(halves.get(false))) {
            if (kept.computeIfPresent(word, (known, count) -> count + 1) == null) {
                others++;
            }
        }
        return new ColumnProfile(name, missing, kept, others);
    }

    private static AnswerProfile answers(Collection<Answer> answers) {
        Expect.range("answers", answers.size(), 1, Integer.MAX_VALUE);
        SortedMap<String, Integer> labels = new TreeMap<>();
        for (Answer answer : answers) {
            if (answer instanceof Answer.Classified classified) {
                labels.merge(classified.label(), 1, Integer::sum);
            }
        }
        double[] scores = answers.stream().mapToDouble(Profiles::score).toArray();
        return new AnswerProfile(
                answers.size(),
                labels.isEmpty() ? null : labels,
                distribution(labels.isEmpty() ? "value" : "confidence", scores, true));
    }

    static double score(Answer answer) {
        return answer instanceof Answer.Classified classified
                ? classified.confidence()
                : ((Answer.Estimated) answer).value();
    }
}
