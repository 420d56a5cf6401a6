package dev.laurel.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laurel.follow.LoadedModel;
import dev.laurel.http.OwnRelease;
import dev.laurel.predict.PredictionService;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** The whole description: what is there whatever is loaded, and the paths of each model. */
final class Description {
    private static final JsonNode COMMON = common();

    private final PredictionService service;
    private final int largestBody;

    Description(PredictionService service, int largestBody) {
        this.service = service;
        this.largestBody = largestBody;
    }

    private static JsonNode common() {
        try (InputStream json = Objects.requireNonNull(Description.class.getResourceAsStream("common.json"))) {
            return new ObjectMapper().readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ObjectNode of(List<LoadedModel> models) {
        ObjectNode document = COMMON.deepCopy();
        ((ObjectNode) document.get("info"))
                .put("version", OwnRelease.name())
                .put(
                        "description",
                        "Predictions of the models that are loaded. Bodies have at most %s bytes, requests at most %s rows."
                                .formatted(largestBody, service.mostRows()));
        ObjectNode paths = (ObjectNode) document.get("paths");
        ObjectNode schemas = (ObjectNode) document.at("/components/schemas");
        NewestPath.add(paths, models.stream().filter(LoadedModel::isSeries).toList());
        for (LoadedModel model : models) {
            ModelPaths own = new ModelPaths(model, service);
            own.add(paths, schemas);
            FeedbackPaths feedback = new FeedbackPaths(model);
            feedback.add(paths);
            if (models.size() == 1) {
                own.addShort(paths);
                feedback.addShort(paths);
            }
        }
        return document;
    }
}
