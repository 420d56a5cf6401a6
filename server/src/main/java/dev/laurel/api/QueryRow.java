package dev.laurel.api;

import dev.laurel.follow.LoadedModel;
import dev.laurel.predict.Decimal;
import dev.laurel.predict.GivenRows;
import dev.laurel.predict.UnansweredException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One row as the parameters of a query: {@code sepal_length=5.1&sepal_width=3.5}. One without text is a missing value. */
final class QueryRow implements GivenRows {
    private static final Set<String> ABOUT_THE_REQUEST = Set.of("threshold", "model_version");

    private final Map<String, List<String>> parameters;

    QueryRow(Map<String, List<String>> parameters, LoadedModel model) {
        this.parameters = parameters;
        Set<String> known = new TreeSet<>(model.signature().columnNames());
        if (model.signature().key() != null) {
            known.add(model.signature().key());
        }
        known.addAll(ABOUT_THE_REQUEST);
        parameters.forEach((name, values) -> {
            if (!known.contains(name)) {
                throw UnansweredException.invalid("parameter", name, "one of " + String.join(", ", known));
            }
            if (values.size() != 1) {
                throw UnansweredException.invalid(name, values.size() + " values", "one value");
            }
        });
    }

    /** Null where it is not there. */
    @Nullable
    String text(String name) {
        List<String> values = parameters.get(name);
        return values == null ? null : values.get(0);
    }

    @Override
    public int count() {
        return 1;
    }

    @Override
    public boolean has(int row, String column) {
        return parameters.containsKey(column);
    }

    @Override
    public boolean isNull(int row, String column) {
        return given(column).isEmpty();
    }

    @Override
    public double number(int row, String column) {
        String text = given(column);
        return text.equals("true") ? 1 : text.equals("false") ? 0 : Decimal.parse(column, text, "a number");
    }

    @Override
    public String word(int row, String column) {
        String text = given(column);
        if (text.isEmpty()) {
            throw UnansweredException.invalid(column, "empty", "text");
        }
        return text;
    }

    @Override
    public String key(int row, String column) {
        return word(row, column);
    }

    @Override
    public String place(int row, String column) {
        return column;
    }

    private String given(String column) {
        String text = text(column);
        if (text == null) {
            throw UnansweredException.invalid(column, "missing", "a value");
        }
        return text;
    }
}
