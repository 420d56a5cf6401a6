package dev.laurel.openapi;

import dev.laurel.predict.PredictionService;
import io.javalin.config.RoutesConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** {@code /openapi.json}, and {@code /docs}, where Swagger UI shows it: its two files from the class path, and nothing from elsewhere. */
public final class DescriptionApi {
    private static final String WEBJAR = "/META-INF/maven/org.webjars/swagger-ui/pom.properties";

    private final PredictionService service;
    private final Description description;

    /** @param largestBody in bytes */
    public DescriptionApi(PredictionService service, int largestBody) {
        this.service = service;
        this.description = new Description(service, largestBody);
    }

    public void register(RoutesConfig routes) {
        routes.get("/openapi.json", ctx -> ctx.json(description.of(service.answering())));
        String swagger = "/META-INF/resources/webjars/swagger-ui/" + version() + "/";
        serve(routes, "/docs", "docs.html", "text/html; charset=utf-8");
        serve(routes, "/docs/docs.js", "docs.js", "text/javascript; charset=utf-8");
        serve(routes, "/docs/swagger-ui.css", swagger + "swagger-ui.css", "text/css; charset=utf-8");
        serve(routes, "/docs/swagger-ui-bundle.js", swagger + "swagger-ui-bundle.js", "text/javascript; charset=utf-8");
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
