package dev.laurel.server;

import static dev.laurel.server.Showcase.PETALS;
import static dev.laurel.server.Showcase.RENT;
import static dev.laurel.server.Showcase.SPY;
import static dev.laurel.server.Showcase.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.laurel.model.ChallengerMode;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code /openapi.json} and {@code /docs}. */
class DescriptionTest {
    @TempDir
    static Path folder;

    static Showcase showcase;
    static JsonNode document;

    @BeforeAll
    static void serve() {
        showcase = Showcase.in(folder, SPY, PETALS, RENT);
        showcase.champion(SPY, 1);
        showcase.champion(PETALS, 2);
        showcase.champion(RENT, 3);
        showcase.serving();
        showcase.server().keepFeedback(folder.resolve("feedback"), Map.of());
        await().until(() -> showcase.get("/predictionForTomorrow").statusCode() == 200
                && showcase.get("/readyz").statusCode() == 200);
        document = showcase.json("/openapi.json");
    }

    @AfterAll
    static void close() {
        showcase.close();
    }

    @Test
    void describesEachModelByItsSignature() {
        assertThat(document.get("openapi").asText()).isEqualTo("3.1.0");
        assertThat(document.at("/info/description").asText()).contains("1000000 bytes", "10000 rows");
        JsonNode row = document.at("/components/schemas/rent-row");
        assertThat(row.get("required")).map(JsonNode::asText).containsExactly("area", "district");
        assertThat(row.at("/properties/district/examples"))
                .map(JsonNode::asText)
                .contains("東京", "Łódź");
        assertThat(row.at("/properties/area/description").asText()).matches("Training saw [0-9.]+\\.\\.[0-9.]+");
        assertThat(row.at("/properties/rooms/type")).map(JsonNode::asText).contains("null");
        assertThat(document.at(
                        "/components/schemas/petals-answer/properties/predictions/items/properties/prediction/enum"))
                .map(JsonNode::asText)
                .containsExactly("setosa", "versicolor", "virginica");
        assertThat(document.get("paths").has("/predict")).isFalse();
    }

    @Test
    void everyReferenceLeadsSomewhereAndEveryOperationHasANameOfItsOwn() {
        Set<String> ids = new HashSet<>();
        document.findValuesAsText("operationId")
                .forEach(id -> assertThat(ids.add(id)).as(id).isTrue());
        assertThat(document.findValuesAsText("$ref"))
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                document.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    @Test
    void everyExampleWorksWhenItIsPasted() {
        List<String> tried = new ArrayList<>();
        document.get("paths").properties().forEach(path -> {
            JsonNode content = path.getValue().at("/post/requestBody/content/application~1json");
            List<JsonNode> bodies = new ArrayList<>();
            content.path("examples").forEach(example -> bodies.add(example.get("value")));
            if (content.has("example")) {
                bodies.add(content.get("example"));
            }
            for (JsonNode body : bodies) {
                HttpResponse<String> answer = showcase.send(HttpRequest.newBuilder(showcase.uri(path.getKey()))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body.toString()))
                        .build());
                assertThat(answer.statusCode())
                        .as(path.getKey() + body + answer.body())
                        .isEqualTo(200);
                assertThat(json(answer).has("warnings"))
                        .as(body + answer.body())
                        .isFalse();
                tried.add(path.getKey());
            }
        });
        for (String model : List.of("spy-direction", "petals", "rent")) {
            assertThat(tried.stream().filter("/models/%s/predict".formatted(model)::equals))
                    .hasSize(2);
            assertThat(tried.stream().filter("/models/%s/invocations".formatted(model)::equals))
                    .hasSize(2);
            assertThat(tried).contains("/v2/models/%s/infer".formatted(model));
        }
    }

    @Test
    void everyPathThatIsReadIsThereAndEveryQueryWorksByItsExamples() {
        for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
            if (path.getValue().has("get")) {
                List<String> query = new ArrayList<>();
                path.getValue().at("/get/parameters").forEach(parameter -> {
                    if (parameter.has("example")) {
                        query.add(parameter.get("name").asText()
                                + "="
                                + URLEncoder.encode(parameter.get("example").asText(), UTF_8));
                    }
                });
                HttpResponse<String> answer = showcase.get(path.getKey() + "?" + String.join("&", query));
                assertThat(answer.statusCode())
                        .as(path.getKey() + query + answer.body())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void whatAModelIsAskedAboutIsAnsweredAsItIsDescribed() {
        showcase.registry.challenge(
                Showcase.PRODUCTION,
                RENT,
                showcase.register(RENT, showcase.train(RENT, 4).encode()),
                ChallengerMode.SHADOW,
                null,
                "a quiet week",
                Showcase.ALICE);
        await().until(() -> showcase.json("/models/rent/live").has("challenger"));
        for (String model : List.of("spy-direction", "petals", "rent")) {
            String path = "/models/%s/predict".formatted(model);
            String body = showcase.json("/models/" + model).get("example").toString();
            assertThat(showcase.post(path, body).statusCode()).isEqualTo(200);
        }
        await().until(() -> showcase.json("/models/rent/live").get("compared").asInt() > 0);
        await().until(() -> !showcase.json("/models/rent/drift").get("versions").isEmpty());

        assertAnswersAsDescribed("/predictionForTomorrow");
        for (String model : List.of("spy-direction", "petals", "rent")) {
            for (String what : List.of("live", "drift", "sync")) {
                assertAnswersAsDescribed("/models/%s/%s".formatted(model, what));
            }
        }
    }

    private static void assertAnswersAsDescribed(String path) {
        JsonNode operation = document.get("paths").path(path).path("get");
        ObjectNode schema =
                operation.at("/responses/200/content/application~1json/schema").deepCopy();
        assertThat(schema.has("$ref")).as(path).isTrue();
        schema.set("components", document.get("components").deepCopy());
        close(schema.get("components"));

        assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                        .getSchema(schema)
                        .validate(showcase.json(path)))
                .as(path)
                .isEmpty();
    }

    /** Clients may get more one day; here nothing is to be left undescribed. */
    private static void close(JsonNode schema) {
        schema.forEach(DescriptionTest::close);
        if (schema instanceof ObjectNode object && schema.has("properties")) {
            object.put("additionalProperties", false);
        }
    }

    @Test
    void thePredictionForTheNewestRowIsDescribedWhereRowsFollowOneAnother(@TempDir Path other) {
        assertThat(document.get("paths").at("/~1predictionForTomorrow/get/parameters"))
                .map(parameter -> parameter.get("name").asText())
                .containsExactly("model", "threshold");
        try (Showcase one = Showcase.in(other, PETALS)) {
            one.champion(PETALS, 2);
            one.serving();
            await().until(() -> one.json("/openapi.json").get("paths").has("/predict"));
            assertThat(one.json("/openapi.json").get("paths").has("/predictionForTomorrow"))
                    .isFalse();
        }
    }

    @Test
    void theShortFormsAreDescribedWhereThereIsOneModel(@TempDir Path other) {
        try (Showcase one = Showcase.in(other, PETALS)) {
            one.serving();
            assertThat(one.json("/openapi.json").at("/paths").has("/predict")).isFalse();
            one.champion(PETALS, 2);
            await().untilAsserted(() -> assertThat(
                            one.json("/openapi.json").at("/paths").has("/predict"))
                    .isTrue());
        }
    }

    @Test
    void thePageTakesItsFilesFromThisServerAlone() {
        HttpResponse<String> page = showcase.get("/docs");

        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'")
                .doesNotContain("unsafe");
        assertThat(page.body()).contains("src=\"/docs/swagger-ui-bundle.js\"").doesNotContain("://");
        for (String file : List.of("docs.js", "swagger-ui.css", "swagger-ui-bundle.js")) {
            HttpResponse<String> answer = showcase.get("/docs/" + file);
            assertThat(answer.statusCode()).as(file).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith(file.endsWith(".css") ? "text/css" : "text/javascript");
        }
        assertThat(showcase.get("/docs/index.html").statusCode()).isEqualTo(404);
    }

    @Test
    void aBrowserShowsItWithinThePolicyOfThePages() {
        Chromium.Shown shown = Chromium.show(folder, showcase.uri("/docs"));

        assertThat(shown.page()).contains("data-path=\"/models/petals/predict\"");
        assertThat(shown.console()).doesNotContain("Content Security Policy", "Refused to");
    }
}
