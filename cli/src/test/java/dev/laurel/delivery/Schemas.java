package dev.laurel.delivery;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The schemas of Kubernetes and of Argo CD, from the folder that {@code LAUREL_SCHEMAS} names: OpenAPI definitions as an API server serves
 * them. A field that they do not know is an error, as with {@code kubectl --validate=strict}. Of the kinds of the
 * Prometheus operator and of Argo Rollouts, where that folder has none, those fields are known that we use, from their references.
 */
final class Schemas {
    private static final List<String> OWN =
            List.of("/schemas/monitoring.coreos.com-v1.json", "/schemas/argoproj.io-analysistemplate.json");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7);

    private final ObjectNode definitions;
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, JsonSchema> schemas = new HashMap<>();

    private Schemas(ObjectNode definitions) {
        this.definitions = definitions;
        definitions.properties().forEach(definition -> {
            definition.getValue().path("x-kubernetes-group-version-kind").forEach(kind -> {
                String group = kind.path("group").asText();
                String version = (group.isEmpty() ? "" : group + "/")
                        + kind.path("version").asText();
                names.put(version + " " + kind.path("kind").asText(), definition.getKey());
            });
            strict(definition.getValue());
        });
        define("io.k8s.apimachinery.pkg.util.intstr.IntOrString", "string", "integer");
        define("io.k8s.apimachinery.pkg.api.resource.Quantity", "string", "number");
    }

    /** Read once: they are large. */
    private static @Nullable Schemas loaded;

    /** Leaves a test out where there are no schemas. */
    static synchronized Schemas load() throws IOException {
        if (loaded == null) {
            loaded = read();
        }
        return loaded;
    }

    private static Schemas read() throws IOException {
        String folder = System.getenv("LAUREL_SCHEMAS");
        assumeTrue(
                folder != null && !folder.isBlank(),
                "left out: LAUREL_SCHEMAS is not set (expected: a folder with the OpenAPI definitions of Kubernetes and Argo CD)");
        ObjectNode definitions = JSON.createObjectNode();
        for (String own : OWN) {
            try (InputStream known = Schemas.class.getResourceAsStream(own)) {
                definitions.setAll((ObjectNode) JSON.readTree(known).path("definitions"));
            }
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of(folder), "*.json")) {
            for (Path file : files) {
                definitions.setAll((ObjectNode) JSON.readTree(file.toFile()).path("definitions"));
            }
        }
        return new Schemas(definitions);
    }

    /** What is wrong with an object, one line for each fault. */
    List<String> problems(JsonNode object) {
        String kind =
                object.path("apiVersion").asText() + " " + object.path("kind").asText();
        String name = kind + " " + object.at("/metadata/name").asText();
        if (!names.containsKey(kind)) {
            return List.of(name + ": no schema of that kind in LAUREL_SCHEMAS");
        }
        return schemas.computeIfAbsent(names.get(kind), this::schema).validate(object).stream()
                .map(problem -> name + ": " + problem.getMessage())
                .sorted()
                .toList();
    }

    private JsonSchema schema(String definition) {
        ObjectNode root = JSON.createObjectNode();
        root.put("$schema", "http://json-schema.org/draft-07/schema#");
        root.set("definitions", definitions);
        root.putArray("allOf").addObject().put("$ref", "#/definitions/" + definition);
        return FACTORY.getSchema(root);
    }

    private void define(String definition, String... types) {
        ObjectNode schema = (ObjectNode) definitions.get(definition);
        schema.putArray("type").add(types[0]).add(types[1]);
        schema.remove("format");
    }

    /** Forbids what the schema does not name, unless it says that more is welcome. */
    private static void strict(JsonNode schema) {
        if (!(schema instanceof ObjectNode node)) {
            return;
        }
        if (node.path("x-kubernetes-int-or-string").asBoolean()) {
            node.putArray("type").add("string").add("integer");
        }
        if (node.has("properties")
                && !node.has("additionalProperties")
                && !node.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
            node.put("additionalProperties", false);
        }
        node.path("properties").forEach(Schemas::strict);
        strict(node.path("items"));
        strict(node.path("additionalProperties"));
    }
}
