package dev.laurel.http;

import dev.laurel.follow.LoadedModel;
import dev.laurel.predict.GivenRows;
import dev.laurel.predict.UnansweredException;
import dev.laurel.predictor.Signature.SourceColumn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows that were read from a {@link JsonStream}: of each row the columns of the signature and its key, each of the type that the signature
 * has. Any other column or type makes the stream give up.
 */
public final class TypedRows implements GivenRows {
    private static final byte ABSENT = 0;
    private static final byte NULL = 1;
    private static final byte VALUE = 2;

    private final String place;
    private final List<String> names = new ArrayList<>();
    private final Map<String, Integer> places = new HashMap<>();
    /** By column; null where it is one of words. */
    private final double[] @Nullable [] numbers;

    private final @Nullable String[] @Nullable [] words;
    private final byte[][] states;
    private int count;

    /** @param place of a cell in messages, with places for the row and the column */
    private TypedRows(String place, LoadedModel model) {
        this.place = place;
        List<SourceColumn> columns = model.signature().columns();
        String key = model.signature().key();
        int width = columns.size() + (key == null ? 0 : 1);
        numbers = new double[width][];
        words = new String[width][];
        states = new byte[width][8];
        for (int i = 0; i < columns.size(); i++) {
            add(columns.get(i).name());
            if (columns.get(i).type() == SourceColumn.Type.NUMBER) {
                numbers[i] = new double[8];
            } else {
                words[i] = new String[8];
            }
        }
        if (key != null) {
            add(key);
            words[width - 1] = new String[8];
        }
    }

    private void add(String name) {
        places.put(name, names.size());
        names.add(name);
    }

    /** Of a list, at whose first element the stream is: an object for each row. */
    public static TypedRows ofObjects(String list, JsonStream json, LoadedModel model) throws IOException {
        TypedRows rows = new TypedRows(list + "[%s].%s", model);
        do {
            json.expect(json.isObject());
            rows.begin();
            int expected = 0;
            for (String name = json.key(); name != null; name = json.key()) {
                int column = rows.placeOf(json, name, expected);
                json.value();
                rows.read(json, column);
                expected = column + 1;
            }
        } while (json.next());
        return rows;
    }

    /** Of a list, at whose first element the stream is: a list for each row, of values in the order of those columns. */
    public static TypedRows ofLists(String list, List<String> columns, JsonStream json, LoadedModel model)
            throws IOException {
        TypedRows rows = new TypedRows(list + "[%s].%s", model);
        int[] order = new int[columns.size()];
        for (int i = 0; i < order.length; i++) {
            order[i] = rows.placeOf(json, columns.get(i), i);
        }
        json.expect(order.length > 0 && Arrays.stream(order).distinct().count() == order.length);
        do {
            json.expect(json.isList());
            rows.begin();
            for (int column : order) {
                json.expect(json.next());
                rows.read(json, column);
            }
            json.expect(!json.next());
        } while (json.next());
        return rows;
    }

    /** @param expected where it stands if the rows are in the order of the signature */
    private int placeOf(JsonStream json, String name, int expected) throws IOException {
        if (expected < names.size() && names.get(expected).equals(name)) {
            return expected;
        }
        Integer known = places.get(name);
        json.expect(known != null);
        return known == null ? -1 : known;
    }

    private void begin() {
        if (states.length > 0 && count == states[0].length) {
            for (int i = 0; i < states.length; i++) {
                states[i] = Arrays.copyOf(states[i], 2 * count);
                double[] own = numbers[i];
                if (own != null) {
                    numbers[i] = Arrays.copyOf(own, 2 * count);
                } else {
                    words[i] = Arrays.copyOf(words(i), 2 * count);
                }
            }
        }
        count++;
    }

    private void read(JsonStream json, int column) throws IOException {
        int row = count - 1;
        // A key that comes twice.
        json.expect(states[column][row] == ABSENT);
        if (json.isNull()) {
            states[column][row] = NULL;
            return;
        }
        states[column][row] = VALUE;
        double[] own = numbers[column];
        if (own == null) {
            words(column)[row] = json.text();
        } else {
            own[row] = json.isBoolean() ? (json.truth() ? 1 : 0) : json.number();
        }
    }

    private @Nullable String[] words(int column) {
        @Nullable String[] own = words[column];
        if (own == null) {
            throw new IllegalStateException(names.get(column) + " is a column of numbers");
        }
        return own;
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public boolean has(int row, String column) {
        return state(row, column) != ABSENT;
    }

    private byte state(int row, String column) {
        Integer known = places.get(column);
        return known == null ? ABSENT : states[known][row];
    }

    @Override
    public boolean isNull(int row, String column) {
        return states[present(row, column)][row] == NULL;
    }

    @Override
    public double number(int row, String column) {
        int known = present(row, column);
        double[] own = numbers[known];
        if (own == null || states[known][row] == NULL) {
            throw UnansweredException.invalid(place(row, column), "null", "a number");
        }
        return own[row];
    }

    @Override
    public String word(int row, String column) {
        return word(row, column, "text");
    }

    @Override
    public String key(int row, String column) {
        return word(row, column, "text such as 2020-04-17");
    }

    private String word(int row, String column, String expected) {
        String word = words(present(row, column))[row];
        if (word == null) {
            throw UnansweredException.invalid(place(row, column), "null", expected);
        }
        return word;
    }

    private int present(int row, String column) {
        Integer known = places.get(column);
        if (known == null || states[known][row] == ABSENT) {
            throw UnansweredException.invalid(place(row, column), "missing", "a value");
        }
        return known;
    }

    @Override
    public String place(int row, String column) {
        return place.formatted(row, column);
    }
}
