package dev.laurel.openapi;

import static dev.laurel.openapi.Schemas.operation;
import static dev.laurel.openapi.Schemas.reference;
import static dev.laurel.openapi.Schemas.type;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laurel.follow.LoadedModel;
import java.util.List;

/** {@code /predictionForTomorrow}, where rows of a model follow one another. */
final class NewestPath {
    private NewestPath() {}

    /** @param series all models whose rows do; nothing is added where there is none */
    static void add(ObjectNode paths, List<LoadedModel> series) {
        if (series.isEmpty()) {
            return;
        }
        List<String> names =
                series.stream().map(model -> model.pin().model().value()).toList();
        ObjectNode operation = operation(
                names.size() == 1 ? names.get(0) : "server",
                "predict-newest",
                "The prediction for the row after the newest one of the source",
                reference("Tomorrow"),
                "Problem");
        ArrayNode parameters = operation.putArray("parameters");
        ObjectNode name = type("string");
        name.set("enum", Schemas.list(names));
        parameters
                .addObject()
                .put("name", "model")
                .put("in", "query")
                .put("required", names.size() > 1)
                .put("example", names.get(0))
                .set("schema", name);
        if (series.stream()
                .anyMatch(model -> ModelPaths.isOfTwo(model.signature().task()))) {
            parameters
                    .addObject()
                    .put("name", "threshold")
                    .put("in", "query")
                    .put("description", "Of models with two labels")
                    .set("schema", ModelPaths.threshold());
        }
        paths.putObject("/predictionForTomorrow").set("get", operation);
    }
}
