package dev.laurel.predict;

import dev.laurel.drift.Profile.Distribution;
import dev.laurel.feature.Feature;
import dev.laurel.feature.State;
import dev.laurel.follow.LoadedModel;
import dev.laurel.table.Column;
import dev.laurel.table.Table;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A row of the source to begin from, as far as one can be told from what training knew of its rows; they are not in the model file.
 *
 * @param values by column: the number that gives the median of a feature, or the word that was there most often, or any
 *     day for dates; some columns have none
 * @param words that training saw, by column
 */
public record UsualRow(Map<String, Object> values, Map<String, List<String>> words) {
    /** A list for people to choose from. */
    private static final int MOST_WORDS = 100;

    private static final MathContext DIGITS = new MathContext(6);

    private static final double NEAR = 1e-4;
    private static final double NOTHING = 1e-9;

    public static UsualRow of(LoadedModel model) {
        UsualRow row = new UsualRow(new LinkedHashMap<>(), new LinkedHashMap<>());
        int at = 0;
        for (Feature feature : model.definition().features()) {
            State state = model.features().state().features().getOrDefault(feature.name(), State.NONE);
            int outputs = feature.outputs(state).size();
            row.add(feature, state, model.profile().features().subList(at, at + outputs));
            at += outputs;
        }
        row.values.keySet().retainAll(model.signature().columnNames());
        row.words.keySet().retainAll(model.signature().columnNames());
        return row;
    }

    /** Only what one column of the row itself says can be told back from the feature. */
    private void add(Feature feature, State state, List<Distribution> outputs) {
        String any = feature.anyWord();
        if (any != null) {
            // Of two the one that says more: a day, and a day with a time.
            values.merge(
                    feature.words().get(0),
                    any,
                    (one, other) -> other.toString().startsWith(one.toString()) ? other : one);
            return;
        }
        if (feature.warmUp() > 0 || feature.numbers().size() + feature.words().size() != 1) {
            return;
        }
        if (feature.words().isEmpty()) {
            if (outputs.size() == 1) {
                inverse(feature, state, outputs.get(0).deciles().get(5))
                        .ifPresent(value -> values.put(feature.numbers().get(0), value));
            }
        } else if (!state.words().isEmpty()) {
            String column = feature.words().get(0);
            values.put(column, mostFrequent(state.words(), outputs));
            words.put(column, state.words().stream().limit(MOST_WORDS).toList());
        }
    }

    private static String mostFrequent(List<String> words, List<Distribution> outputs) {
        int most = 0;
        for (int word = 1; outputs.size() == words.size() && word < words.size(); word++) {
            most = outputs.get(word).mean() > outputs.get(most).mean() ? word : most;
        }
        return words.get(most);
    }

    /** The number for which the feature has that value, where it is a straight line. */
    private static Optional<Double> inverse(Feature feature, State state, double value) {
        double atZero = compute(feature, state, 0);
        double slope = compute(feature, state, 1) - atZero;
        double exact = (value - atZero) / slope;
        if (!Double.isFinite(exact)) {
            return Optional.empty();
        }
        // What is left of a mean that was taken away and added again is no number of the source.
        double rounded = Math.abs(exact * slope) < NOTHING
                ? 0
                : new BigDecimal(exact).round(DIGITS).doubleValue();
        boolean straight = Math.abs(compute(feature, state, rounded) - value) <= NEAR * Math.max(1, Math.abs(value));
        return straight ? Optional.of(rounded) : Optional.empty();
    }

    private static double compute(Feature feature, State state, double value) {
        Map<String, Column> columns = Map.of(feature.numbers().get(0), new Column.Numbers(new double[] {value}));
        double[] computed = new double[feature.outputs(state).size()];
        feature.compute(Table.unkeyed(1, columns), 0, state, computed, 0);
        return computed[0];
    }
}
