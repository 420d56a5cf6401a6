package dev.laurel.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laurel.follow.LoadedModel;
import dev.laurel.http.JsonAnswer;
import dev.laurel.predict.PredictionService;
import dev.laurel.predict.UnansweredException;
import dev.laurel.table.Table;
import io.javalin.config.RoutesConfig;
import io.javalin.http.ContentType;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** {@code /openapi.json}, and {@code /docs}, where Swagger UI shows it: its two files from the class path, and nothing from elsewhere. */
public final class DescriptionApi {
    private static final String WEBJAR = "/META-INF/maven/org.webjars/swagger-ui/pom.properties";

    private final PredictionService service;
    private final Description description;
    private volatile @Nullable Described described;

    /**
     * What was described, and of what: models by identity, since what is loaded never changes, and the newest rows, which are the examples of
     * those whose rows follow one another.
     */
    @SuppressWarnings({"ArrayRecordComponent", "ReferenceEquality"}) // never compared; by identity
    private record Described(List<LoadedModel> models, List<String> newest, byte[] document) {
        boolean isOf(List<LoadedModel> others, List<String> rows) {
            boolean same = models.size() == others.size() && newest.equals(rows);
            for (int i = 0; same && i < others.size(); i++) {
                same = models.get(i) == others.get(i);
            }
            return same;
        }
    }

    /** @param largestBody in bytes */
    public DescriptionApi(PredictionService service, int largestBody) {
        this.service = service;
        this.description = new Description(service, largestBody);
    }

    public void register(RoutesConfig routes) {
        routes.get("/openapi.json", ctx -> JsonAnswer.put(ctx, ContentType.JSON, described(ctx, service.answering())));
        String swagger = "/META-INF/resources/webjars/swagger-ui/" + version() + "/";
        serve(routes, "/docs", "docs.html", "text/html; charset=utf-8");
        serve(routes, "/docs/docs.js", "docs.js", "text/javascript; charset=utf-8");
        serve(routes, "/docs/swagger-ui.css", swagger + "swagger-ui.css", "text/css; charset=utf-8");
        serve(routes, "/docs/swagger-ui-bundle.js", swagger + "swagger-ui-bundle.js", "text/javascript; charset=utf-8");
    }

    /** Of a thousand models it takes a while to write, and stays the same until another version answers. */
    private byte[] described(Context ctx, List<LoadedModel> models) {
        List<String> newest =
                models.stream().filter(LoadedModel::isSeries).map(this::newest).toList();
        Described last = described;
        if (last == null || !last.isOf(models, newest)) {
            ObjectNode document = description.of(models);
            last = new Described(
                    models,
                    newest,
                    ctx.jsonMapper().toJsonString(document, ObjectNode.class).getBytes(UTF_8));
            described = last;
        }
        return last.document;
    }

    /** Empty while there are none. */
    private String newest(LoadedModel model) {
        try {
            Table rows = service.newestRows(model);
            return rows.key(rows.rows() - 1);
        } catch (UnansweredException e) {
            return "";
        }
    }

    /** Read when it is asked for: few people do, and it is large. */
    private static void serve(RoutesConfig routes, String path, String resource, String mediaType) {
        routes.get(path, ctx -> ctx.result(open(resource)).contentType(mediaType));
    }

    private static InputStream open(String resource) {
        return Objects.requireNonNull(DescriptionApi.class.getResourceAsStream(resource), resource);
    }

    /** It is part of the path. */
    private static String version() {
        try (InputStream in = open(WEBJAR)) {
            Properties properties = new Properties();
            properties.load(in);
            return Objects.requireNonNull(properties.getProperty("version"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
