package dev.laurel.feature;

import dev.laurel.model.Expect;
import dev.laurel.table.Table;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Vocabularies, fixed or fitted. */
final class Vocabulary {
    private Vocabulary() {}

    static List<String> checked(List<String> vocabulary) {
        Expect.notEmpty("vocabulary", vocabulary);
        Expect.that(new HashSet<>(vocabulary).size() == vocabulary.size(), "vocabulary", vocabulary, "each word once");
        return List.copyOf(vocabulary);
    }

    static boolean isState(@Nullable List<String> vocabulary, State state) {
        return state.numbers().isEmpty()
                && (vocabulary == null
                        ? !state.words().isEmpty()
                        : state.words().equals(vocabulary));
    }

    static State fit(@Nullable List<String> vocabulary, String column, Table table, int[] training) {
        if (vocabulary != null) {
            return State.ofWords(vocabulary);
        }
        TreeSet<String> seen = new TreeSet<>();
        for (int row : training) {
            seen.add(Objects.requireNonNull(table.word(column, row), "what is missing was filled in before"));
        }
        Expect.range("different words in " + column, seen.size(), 1, 1000);
        return State.ofWords(List.copyOf(seen));
    }
}
