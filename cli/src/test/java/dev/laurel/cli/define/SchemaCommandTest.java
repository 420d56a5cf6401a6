package dev.laurel.cli.define;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.laurel.cli.Laurel;
import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an editor says of a definition by the schema that {@code laurel schema} prints. */
class SchemaCommandTest {
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7);

    private final String printed = Laurel.run("schema").out();
    private final JsonSchema schema = FACTORY.getSchema(printed);

    @Test
    void itIsASchema() {
        JsonSchema draft7 = FACTORY.getSchema(SchemaLocation.of("http://json-schema.org/draft-07/schema#"));
        assertThat(draft7.validate(printed, InputFormat.JSON)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"spy-direction", "iris", "airline-passengers", "gold-change", "damage-incidence"})
    void whatIsPartOfLaurelIsRight(String name) throws IOException {
        assertThat(mistakes(CheckCommandTest.definition(name))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            seed: 42          | sed: 42           | sed
            kind: hashed      | kind: hashd       | kind
            trees: 50         | tres: 50          | tres
            trees: 50         | trees: fifty      | trees
            training: 0.5     | training: 1.5     | training
            metric: accuracy  | metric: acuracy   | metric
            column: species   | colum: species    | colum
            mode: commit      | mode: true        | mode
            """)
    void aMistakeIsRefused(String right, String wrong, String named) throws IOException {
        String definition = CheckCommandTest.definition("iris");
        assertThat(definition).contains(right);
        assertThat(mistakes(definition.replace(right, wrong))).contains(named);
    }

    private String mistakes(String definition) throws IOException {
        Set<ValidationMessage> messages = schema.validate(
                new ObjectMapper().writeValueAsString(new YAMLMapper().readTree(definition)), InputFormat.JSON);
        return messages.stream().map(ValidationMessage::toString).collect(Collectors.joining("\n"));
    }
}
