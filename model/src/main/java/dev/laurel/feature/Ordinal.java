package dev.laurel.feature;

import dev.laurel.model.Says;
import dev.laurel.table.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The place of the column's word in a vocabulary, from 1; 0 for a word that is not in it.
 */
@Says("The place of the column's word in a vocabulary, from 1; 0 for a word that is not in it.")
public record Ordinal(
        String name,
        @Says("The column of words that it reads.") String column,

        @Says("The words in their order; absent: those of the training rows, sorted.") @Nullable
        List<String> vocabulary)
        implements Feature {
    public Ordinal {
        Feature.check(name, column);
        vocabulary = vocabulary == null ? null : Vocabulary.checked(vocabulary);
    }

    @Override
    public List<String> numbers() {
        return List.of();
    }

    @Override
    public List<String> words() {
        return List.of(column);
    }

    @Override
    public State fit(Table table, int[] training) {
        return Vocabulary.fit(vocabulary, column, table, training);
    }

    @Override
    public boolean isState(State state) {
        return Vocabulary.isState(vocabulary, state);
    }

    @Override
    public void compute(Table table, int row, State state, double[] into, int at) {
        String word = table.word(column, row);
        into[at] = word == null ? 0 : state.words().indexOf(word) + 1;
    }
}
