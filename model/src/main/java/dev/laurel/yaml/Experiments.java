package dev.laurel.yaml;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.laurel.model.Experiment;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Hyperparameters by name, {@code {depth: 3, trees: 50}}; whole numbers are written as such. */
final class Experiments {
    private Experiments() {}

    static final class Serializer extends StdSerializer<Experiment> {
        private static final long serialVersionUID = 1;

        Serializer() {
            super(Experiment.class);
        }

        @Override
        public void serialize(Experiment value, JsonGenerator generator, SerializerProvider provider)
                throws IOException {
            generator.writeStartObject();
            for (Map.Entry<String, Double> each : value.hyperparameters().entrySet()) {
                double number = each.getValue();
                generator.writeFieldName(each.getKey());
                if (number == (long) number) {
                    generator.writeNumber((long) number);
                } else {
                    provider.defaultSerializeValue(number, generator);
                }
            }
            generator.writeEndObject();
        }
    }

    static final class Deserializer extends StdDeserializer<Experiment> {
        private static final long serialVersionUID = 1;

        Deserializer() {
            super(Experiment.class);
        }

        @Override
        public Experiment deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (!parser.hasToken(JsonToken.START_OBJECT)) {
                return (Experiment) context.handleUnexpectedToken(Map.class, parser);
            }
            SortedMap<String, Double> values = context.readValue(
                    parser, context.getTypeFactory().constructMapType(TreeMap.class, String.class, Double.class));
            return new Experiment(values);
        }
    }
}
