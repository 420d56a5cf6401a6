package dev.laurel.feature;

import dev.laurel.model.Expect;
import dev.laurel.model.InvalidValueException;
import dev.laurel.table.Table;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Computes the features of a definition from rows. Training and serving both use it, so that a model sees in production what it saw in
 * training. Each value is computed from its own window alone, so it does not depend on where the table begins or ends.
 */
public final class FittedFeatures {
    /**
     * Two sums of the same prices in another order differ in their last digit. Rounded to these they are one value, as they should be,
     * and rows that are alike stand on one side of every split.
     */
    private static final MathContext DIGITS = new MathContext(12);

    private final List<Feature> features;
    private final List<Filling> fillings;
    private final FittedState state;
    private final List<State> states;
    private final List<List<String>> outputs;
    private final int length;
    private final int warmUp;

    /** @throws InvalidValueException when the state is not that of these features */
    public FittedFeatures(List<Feature> features, List<Filling> fillings, FittedState state) {
        Map<String, State> learned = new TreeMap<>(state.features());
        features.forEach(feature ->
                expect(feature.isState(stateOf(learned.remove(feature.name()))), "features", feature.name()));
        learned.keySet().forEach(name -> expect(false, "features", name));
        Map<String, State> standIns = new TreeMap<>(state.columns());
        fillings.forEach(filling ->
                expect(filling.isState(stateOf(standIns.remove(filling.column()))), "columns", filling.column()));
        standIns.keySet().forEach(name -> expect(false, "columns", name));
        this.features = List.copyOf(features);
        this.fillings = List.copyOf(fillings);
        this.state = state;
        this.states = features.stream()
                .map(feature -> state.features().getOrDefault(feature.name(), State.NONE))
                .toList();
        this.outputs = new ArrayList<>();
        for (int i = 0; i < states.size(); i++) {
            outputs.add(features.get(i).outputs(states.get(i)));
        }
        this.length = outputs.stream().mapToInt(List::size).sum();
        this.warmUp = warmUp(features);
    }

    private static State stateOf(@Nullable State state) {
        return state == null ? State.NONE : state;
    }

    private static void expect(boolean fits, String part, String name) {
        Expect.that(fits, part + "." + name, "another state", "what the definition says is learned");
    }

    /** Lets the features learn from the training rows, and from no others. */
    public static FittedFeatures fit(List<Feature> features, List<Filling> fillings, Table table, int[] training) {
        Expect.range("training rows", training.length, 1, Integer.MAX_VALUE);
        SortedMap<String, State> columns = new TreeMap<>();
        Table filled = table;
        for (Filling filling : fillings) {
            State fitted = filling.fit(table, training);
            filled = filling.fill(filled, fitted);
            if (!fitted.isNone()) {
                columns.put(filling.column(), fitted);
            }
        }
        SortedMap<String, State> states = new TreeMap<>();
        for (Feature feature : features) {
            for (int row : training) {
                expectPresent(feature, filled, row);
            }
            State fitted = feature.fit(filled, training);
            if (!fitted.isNone()) {
                states.put(feature.name(), fitted);
            }
        }
        return new FittedFeatures(features, fillings, new FittedState(states, columns));
    }

    private static void expectPresent(Feature feature, Table table, int row) {
        if (feature.readsItsRow()) {
            feature.numbers().forEach(column -> expectPresent(column, table, row));
            feature.words().forEach(column -> expectPresent(column, table, row));
        }
    }

    private static void expectPresent(String column, Table table, int row) {
        // Asked first, since the place of each of millions of rows is text that nobody reads.
        if (table.isMissing(column, row)) {
            throw new InvalidValueException(
                    column + " at " + table.place(row),
                    "missing",
                    "a value, or a rule for missing ones under columns: in the definition");
        }
    }

    public FittedState state() {
        return state;
    }

    /** The names of the numbers of a vector, in their order. */
    public List<String> outputs() {
        return outputs.stream().flatMap(List::stream).toList();
    }

    /** The same by the name of the feature that gives them, in their order. */
    public Map<String, List<String>> outputsByFeature() {
        Map<String, List<String>> byFeature = new LinkedHashMap<>();
        for (int i = 0; i < features.size(); i++) {
            byFeature.put(features.get(i).name(), outputs.get(i));
        }
        return byFeature;
    }

    /** Whether no feature that has a vocabulary for a column lacks this word in it. */
    public boolean knows(String column, String word) {
        for (int i = 0; i < states.size(); i++) {
            List<String> vocabulary = states.get(i).words();
            if (!vocabulary.isEmpty() && features.get(i).words().contains(column) && !vocabulary.contains(word)) {
                return false;
            }
        }
        return true;
    }

    /** The words that a feature knows of a column; empty where none has a vocabulary for it. */
    public List<String> vocabulary(String column) {
        for (int i = 0; i < states.size(); i++) {
            if (features.get(i).words().contains(column)
                    && !states.get(i).words().isEmpty()) {
                return states.get(i).words();
            }
        }
        return List.of();
    }

    /** The place in a vector of the value of a column as it is; empty where no feature passes it on. */
    public OptionalInt placeOf(String column) {
        int place = 0;
        for (int i = 0; i < states.size(); i++) {
            if (features.get(i).isColumnItself() && features.get(i).numbers().contains(column)) {
                return OptionalInt.of(place);
            }
            place += outputs.get(i).size();
        }
        return OptionalInt.empty();
    }

    /** The outputs of the features that read numbers alone, neither words nor keys. */
    public Set<String> outputsOfNumbers() {
        Set<String> ofNumbers = new HashSet<>();
        for (int i = 0; i < states.size(); i++) {
            if (features.get(i).words().isEmpty()) {
                ofNumbers.addAll(outputs.get(i));
            }
        }
        return ofNumbers;
    }

    /** Rows before the first row that {@link #vector} can compute. */
    public int warmUp() {
        return warmUp;
    }

    public static int warmUp(List<Feature> features) {
        return features.stream().mapToInt(Feature::warmUp).max().orElse(0);
    }

    /** The rows that are not left out, as some do that lack a value, by these rules. */
    public static IntPredicate kept(List<Feature> features, List<Filling> fillings, Table table) {
        List<String> dropping = fillings.stream()
                .filter(filling -> filling.missing() == Missing.DROP)
                .map(Filling::column)
                .toList();
        int warmUp = warmUp(features);
        return row -> {
            for (String column : dropping) {
                for (int read = Math.max(0, row - warmUp); read <= row; read++) {
                    if (table.isMissing(column, read)) {
                        return false;
                    }
                }
            }
            return true;
        };
    }

    /** The same rows with what is missing filled in, as {@link #vector} asks for. */
    public Table filled(Table table) {
        Table filled = table;
        for (Filling filling : fillings) {
            // A column that the target alone reads need not be there to predict.
            if (table.columns().contains(filling.column())) {
                filled = filling.fill(filled, state.columns().getOrDefault(filling.column(), State.NONE));
            }
        }
        return filled;
    }

    /**
     * The features of one row, in the order of the definition, rounded to 12 significant digits. Reads that row and {@link #warmUp()} rows
     * before it, nothing else.
     *
     * @param filled rows out of {@link #filled}
     * @throws InvalidValueException when rows before it or a column is missing, or a value is not finite
     */
    public double[] vector(Table filled, int row) {
        double[] vector = new double[length];
        vector(filled, row, vector);
        return vector;
    }

    /**
     * The same into a vector that is at hand, for whoever computes those of many rows.
     *
     * @param vector as long as {@link #outputs()}
     */
    public void vector(Table filled, int row, double[] vector) {
        Expect.range("row", row, warmUp, filled.rows() - 1);
        int at = 0;
        for (int i = 0; i < features.size(); i++) {
            expectPresent(features.get(i), filled, row);
            features.get(i).compute(filled, row, states.get(i), vector, at);
            for (String output : outputs.get(i)) {
                expectFinite(vector[at], features.get(i), output, filled, row);
                vector[at] = rounded(vector[at]);
                at++;
            }
        }
    }

    private static void expectFinite(double value, Feature feature, String output, Table table, int row) {
        if (!Double.isFinite(value)) {
            throw new InvalidValueException(
                    output + " at " + table.place(row),
                    value,
                    "a finite number; is %s zero, or missing, there?"
                            .formatted(String.join(" or ", feature.numbers())));
        }
    }

    private static double rounded(double value) {
        // Whole numbers of usual size have fewer digits; most features of categories are such.
        if (value == (int) value) {
            return (int) value;
        }
        // So have decimals as people write them: one of at most 12 digits, whose nearest double this is, rounds to
        // itself.
        double millions = Math.rint(value * 1e6);
        if (Math.abs(millions) < 1e12 && millions / 1e6 == value) {
            return value;
        }
        return new BigDecimal(value, DIGITS).doubleValue();
    }
}
