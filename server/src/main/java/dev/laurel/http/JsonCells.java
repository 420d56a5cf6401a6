package dev.laurel.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.predict.GivenRows;
import dev.laurel.predict.UnansweredException;
import org.jspecify.annotations.Nullable;

/** Rows whose values stand in a JSON document, in whatever order. */
public abstract class JsonCells implements GivenRows {

    /** Null where the document says nothing of it. */
    protected abstract @Nullable JsonNode cell(int row, String column);

    @Override
    public final boolean has(int row, String column) {
        return cell(row, column) != null;
    }

    @Override
    public final boolean isNull(int row, String column) {
        return present(row, column).isNull();
    }

    @Override
    public final double number(int row, String column) {
        JsonNode value = present(row, column);
        if (value.isBoolean()) {
            return value.booleanValue() ? 1 : 0;
        }
        // The place is made up for a message alone.
        return value.isNumber() && Double.isFinite(value.doubleValue())
                ? value.doubleValue()
                : JsonCheck.number(place(row, column), value, "a number");
    }

    /** Text, or what a file would have written as the same text: a whole number, digit by digit, or a boolean. */
    @Override
    public final String word(int row, String column) {
        JsonNode value = present(row, column);
        if (!value.isTextual() && !value.isBoolean() && !value.isIntegralNumber()) {
            throw UnansweredException.invalid(place(row, column), JsonCheck.kind(value), "text");
        }
        return value.asText();
    }

    @Override
    public final String key(int row, String column) {
        JsonNode value = present(row, column);
        if (!value.isTextual()) {
            throw UnansweredException.invalid(place(row, column), JsonCheck.kind(value), "text such as 2020-04-17");
        }
        return value.textValue();
    }

    private JsonNode present(int row, String column) {
        JsonNode value = cell(row, column);
        if (value == null) {
            throw UnansweredException.invalid(place(row, column), "missing", "a value");
        }
        return value;
    }
}
