package dev.laurel.yaml;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.laurel.definition.Retention;
import dev.laurel.model.InvalidValueException;
import java.io.IOException;

/** {@code off}, or a record with its keys. */
final class Retentions {
    private static final String OFF = "off";

    private Retentions() {}

    static final class OffSerializer extends StdSerializer<Retention.Off> {
        private static final long serialVersionUID = 1;

        OffSerializer() {
            super(Retention.Off.class);
        }

        @Override
        public void serialize(Retention.Off value, JsonGenerator generator, SerializerProvider provider)
                throws IOException {
            generator.writeString(OFF);
        }
    }

    static final class Deserializer extends StdDeserializer<Retention> {
        private static final long serialVersionUID = 1;

        Deserializer() {
            super(Retention.class);
        }

        @Override
        public Retention deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (parser.hasToken(JsonToken.START_OBJECT)) {
                return context.readValue(parser, Retention.Last.class);
            }
            if (parser.hasToken(JsonToken.VALUE_STRING) && parser.getText().equals(OFF)) {
                return new Retention.Off();
            }
            throw new InvalidTextException(
                    parser,
                    new InvalidValueException("retention", parser.getText(), "off, or keys and values: {last: 50}"));
        }
    }
}
