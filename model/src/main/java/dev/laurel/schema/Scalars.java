package dev.laurel.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.laurel.model.InvalidValueException;
import dev.laurel.yaml.Node;
import dev.laurel.yaml.Yaml;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Values that have no parts. */
final class Scalars {
    private Scalars() {}

    /** What was expected instead of the value; empty where it is right. */
    static Optional<String> expected(Node.Scalar scalar, Type type) {
        JsonNode value = scalar.value();
        if (type instanceof Type.Numeric number) {
            return isRight(value, number) ? Optional.empty() : Optional.of(expectedNumber(value, number));
        }
        if (type instanceof Type.Flag && value.isBoolean()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            return Optional.of(
                    type instanceof Type.Text
                            ? "text; in quotes, as \"%s\"".formatted(scalar.shown())
                            : type.expected());
        }
        return expectedText(value.textValue(), type);
    }

    private static boolean isRight(JsonNode value, Type.Numeric number) {
        boolean fits = number.isWhole()
                ? value.isIntegralNumber() && (number.isSmall() ? value.canConvertToInt() : value.canConvertToLong())
                : value.isNumber();
        return fits && number.bounds().contains(value.doubleValue());
    }

    private static String expectedNumber(JsonNode value, Type.Numeric number) {
        boolean tooLarge =
                value.isIntegralNumber() && number.isWhole() && number.bounds().isOpen();
        return !tooLarge
                ? number.expected()
                : number.isSmall()
                        ? Integer.MIN_VALUE + ".." + Integer.MAX_VALUE
                        : Long.MIN_VALUE + ".." + Long.MAX_VALUE;
    }

    private static Optional<String> expectedText(String text, Type type) {
        if (type instanceof Type.Text form) {
            return Yaml.objection(TextNode.valueOf(text), form.java()).map(InvalidValueException::expected);
        }
        if (type instanceof Type.Words words) {
            return words.words().containsKey(text)
                    ? Optional.empty()
                    : Optional.of(Findings.oneOf(words.words().keySet(), text));
        }
        if (type instanceof Type.WordOr either && text.equals(either.word())) {
            return Optional.empty();
        }
        return type instanceof Type.Date && isDate(text) ? Optional.empty() : Optional.of(type.expected());
    }

    private static boolean isDate(String text) {
        try {
            LocalDate.parse(text);
            return true;
        } catch (DateTimeParseException e) {
            return false;
        }
    }
}
