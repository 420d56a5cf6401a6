package dev.laurel.feature;

import dev.laurel.model.Says;
import dev.laurel.table.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One output for each word of a vocabulary: 1 where the column has it, else 0. A word that is not in the vocabulary is 0 everywhere.
 */
@Says(
        "One output for each word of a vocabulary: 1 where the column has it, else 0. A word that is not in it is 0 everywhere.")
public record OneHot(
        String name,
        @Says("The column of words that it reads.") String column,

        @Says("The words; absent: those of the training rows.") @Nullable
        List<String> vocabulary)
        implements Feature {
    public OneHot {
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
    public List<String> outputs(State state) {
        return state.words().stream().map(word -> name + "=" + word).toList();
    }

    @Override
    public void compute(Table table, int row, State state, double[] into, int at) {
        String word = table.word(column, row);
        for (int i = 0; i < state.words().size(); i++) {
            into[at + i] = state.words().get(i).equals(word) ? 1 : 0;
        }
    }
}
