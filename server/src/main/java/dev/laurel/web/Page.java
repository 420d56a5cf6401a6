package dev.laurel.web;

import io.javalin.config.RoutesConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** Serves the page with its style and scripts; it reads {@code /status} and shows that. */
public final class Page {
    private Page() {}

    public static void register(RoutesConfig routes) {
        serve(routes, "/", "page.html", "text/html; charset=utf-8");
        for (String script : List.of("page.js", "predict.js", "live.js", "feedback.js", "dom.js")) {
            serve(routes, "/" + script, script, "text/javascript; charset=utf-8");
        }
        serve(routes, "/page.css", "page.css", "text/css; charset=utf-8");
    }

    private static void serve(RoutesConfig routes, String path, String resource, String mediaType) {
        byte[] content = read(resource);
        routes.get(path, ctx -> ctx.result(content).contentType(mediaType));
    }

    private static byte[] read(String resource) {
        try (InputStream content = Objects.requireNonNull(Page.class.getResourceAsStream(resource), resource)) {
            return content.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
