package dev.laurel.yaml;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.laurel.model.InvalidValueException;
import dev.laurel.program.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** Turns what Jackson says into a message for the person who wrote the document. */
final class YamlErrors {
    private static final String MISSING = "Missing required creator property";

    private static final String INT = Integer.MIN_VALUE + ".." + Integer.MAX_VALUE;
    private static final String LONG = Long.MIN_VALUE + ".." + Long.MAX_VALUE;
    private static final String NOT_YAML = " (expected: YAML)";

    private YamlErrors() {}

    /** Explains a document that is not YAML. */
    static InvalidDocumentException explain(JacksonException e, String file) {
        if (e.getCause() instanceof MarkedYAMLException broken && broken.getProblemMark() != null) {
            int line = broken.getProblemMark().getLine() + 1;
            return new InvalidDocumentException(file, line, firstLine(broken.getProblem()) + NOT_YAML);
        }
        // Bytes that are not text are told of without a mark, and with a wrong line.
        int line = e.getLocation() == null || e.getCause() instanceof YAMLException
                ? 0
                : e.getLocation().getLineNr();
        return new InvalidDocumentException(file, line, firstLine(withoutAdvice(e.getOriginalMessage())) + NOT_YAML);
    }

    /** Explains a document that is YAML and yet not what was expected. */
    static InvalidDocumentException explain(JsonMappingException e, DocumentOutline outline) {
        String path = path(e.getPath());
        if (invalidValue(e) instanceof InvalidValueException invalid) {
            // A record names its component; a value type is the component.
            String full = e instanceof InvalidTextException ? path : DocumentOutline.child(path, invalid.thing());
            return outline.invalid(full, invalid.problem());
        }
        if (e instanceof UnrecognizedPropertyException unknown) {
            return unknownKey(path, unknown.getReferringClass(), outline);
        }
        if (String.valueOf(e.getOriginalMessage()).startsWith(MISSING)) {
            return missing(path, e, outline);
        }
        if (e instanceof InvalidTypeIdException unknownKind && outline.isObject(path)) {
            return unknownKind(path, unknownKind, outline);
        }
        String found = outline.value(path);
        if (e.getCause() instanceof InputCoercionException tooLarge) {
            boolean isInt = tooLarge.getTargetType() == int.class;
            return outline.invalid(path, found, isInt ? INT : LONG);
        }
        Class<?> type = e instanceof InvalidTypeIdException notAnObject
                ? notAnObject.getBaseType().getRawClass()
                : e instanceof MismatchedInputException mismatch ? mismatch.getTargetType() : null;
        return outline.invalid(path, found, type == null ? "another value" : expected(type));
    }

    /** A misspelt key is missing under its right name, which Jackson notices first; people look for the wrong name. */
    private static InvalidDocumentException missing(String path, JsonMappingException e, DocumentOutline outline) {
        List<JsonMappingException.Reference> references = e.getPath();
        int last = references.size() - 1;
        if (references.get(last).getFrom() instanceof Class<?> type && type.isRecord()) {
            String parent = path(references.subList(0, last));
            List<String> known = keys(type);
            for (String key : outline.keys(parent)) {
                if (!known.contains(key) && !key.equals(Yaml.KIND)) {
                    return unknownKey(DocumentOutline.child(parent, key), type, outline);
                }
            }
        }
        return outline.invalid(path, "missing", "a value");
    }

    private static InvalidDocumentException unknownKey(String path, Class<?> type, DocumentOutline outline) {
        return outline.invalid(path, "unknown key", "one of " + String.join(", ", keys(type)));
    }

    private static InvalidDocumentException unknownKind(
            String path, InvalidTypeIdException e, DocumentOutline outline) {
        return outline.invalid(
                DocumentOutline.child(path, Yaml.KIND),
                e.getTypeId() == null ? "missing" : e.getTypeId(),
                "one of " + String.join(", ", Yaml.kinds(e.getBaseType().getRawClass())));
    }

    private static List<String> keys(Class<?> type) {
        return Arrays.stream(type.getRecordComponents()).map(Yaml::key).toList();
    }

    private static String expected(Class<?> type) {
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(constant -> RecordIntrospector.written((Enum<?>) constant))
                            .collect(Collectors.joining(", "));
        }
        return switch (type.getSimpleName()) {
            case "int", "long", "Integer", "Long" -> "a whole number";
            case "double", "Double" -> "a number";
            case "boolean", "Boolean" -> "true or false";
            case "String", "ModelName", "Environment", "Version", "Digest" -> "text";
            case "LocalDate" -> "a date such as 2020-04-17";
            case "Instant" -> "a time such as 2020-04-17T21:00:00Z";
            case "List", "ArrayList" -> "a list";
            default ->
                type.isRecord() || type.isInterface() || Map.class.isAssignableFrom(type)
                        ? "keys and values"
                        : "another value";
        };
    }

    static @Nullable Throwable invalidValue(Throwable e) {
        Throwable cause = e.getCause();
        return cause == null || cause instanceof InvalidValueException ? cause : invalidValue(cause);
    }

    private static String path(List<JsonMappingException.Reference> references) {
        String path = "";
        for (JsonMappingException.Reference reference : references) {
            path = reference.getFieldName() == null
                    ? path + "[" + reference.getIndex() + "]"
                    : DocumentOutline.child(path, reference.getFieldName());
        }
        return path;
    }

    /** Which setting of the library says so is for whoever wrote the program. */
    private static @Nullable String withoutAdvice(@Nullable String message) {
        return message == null ? null : Reason.inWords(message.replaceAll(", from `[^`]*`", ""));
    }

    private static String firstLine(@Nullable String message) {
        return message == null
                ? "not readable"
                : message.lines().findFirst().orElse("not readable").strip();
    }
}
