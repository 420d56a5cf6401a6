package dev.laurel.yaml;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonMappingException;
import dev.laurel.model.InvalidValueException;

/** Carries the message of a value type unchanged through Jackson, which adds the path to it. */
final class InvalidTextException extends JsonMappingException {
    InvalidTextException(JsonParser parser, InvalidValueException cause) {
        super(parser, cause.getMessage(), cause);
    }
}
