package dev.laurel.yaml;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.NumberOutput;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.io.IOException;
import java.math.BigDecimal;

/**
 * Doubles as YAML, {@code 0.0004} or {@code .nan}: read back as the very same number, by other tools too, and the same text on every JDK.
 * Infinite numbers are not among those that documents hold.
 */
final class Doubles {
    private static final String NAN = ".nan";

    /** Numbers of another size would need a long row of zeros. */
    private static final double SMALLEST_PLAIN = 1e-9;

    private static final double LARGEST_PLAIN = 1e15;

    private Doubles() {}

    private static String text(double value) {
        if (Double.isNaN(value)) {
            return NAN;
        }
        // Double.toString gives other digits before JDK 19; Jackson's own writer does not depend on the JDK.
        String shortest = NumberOutput.toString(value, true);
        double size = Math.abs(value);
        if (!shortest.contains("E")) {
            return shortest;
        }
        if (size < SMALLEST_PLAIN || size > LARGEST_PLAIN) {
            // YAML 1.1 takes an exponent without a sign for text.
            return shortest.replaceFirst("E(\\d)", "E+$1");
        }
        String plain = new BigDecimal(shortest).stripTrailingZeros().toPlainString();
        return plain.contains(".") ? plain : plain + ".0";
    }

    /** The number at which a parser stands. */
    static double parse(JsonParser parser) throws IOException {
        return parser.currentToken() == JsonToken.VALUE_NUMBER_FLOAT
                        && parser.getText().equalsIgnoreCase(NAN)
                ? Double.NaN
                : parser.getDoubleValue();
    }

    static final class Serializer extends StdScalarSerializer<Double> {
        private static final long serialVersionUID = 1;

        Serializer() {
            super(Double.class);
        }

        @Override
        public void serialize(Double value, JsonGenerator generator, SerializerProvider provider) throws IOException {
            if (generator instanceof YAMLGenerator) {
                generator.writeNumber(text(value));
            } else {
                generator.writeNumber(value);
            }
        }
    }

    static final class Deserializer extends StdScalarDeserializer<Double> {
        private static final long serialVersionUID = 1;

        Deserializer() {
            super(Double.class);
        }

        @Override
        public Double deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return parser.currentToken().isNumeric()
                    ? (Double) parse(parser)
                    : (Double) context.handleUnexpectedToken(Double.class, parser);
        }
    }
}
