package dev.laurel.live;

import dev.laurel.model.ModelName;
import dev.laurel.predict.UnansweredException;
import dev.laurel.yaml.Yaml;
import io.javalin.config.RoutesConfig;
import java.util.function.Function;

/** {@code GET /models/<name>/drift}. */
public final class DriftApi {
    private final LiveDrift drift;
    private final Function<String, ModelName> models;

    /** @param models finds a model by its name, or says that there is none */
    public DriftApi(LiveDrift drift, Function<String, ModelName> models) {
        this.drift = drift;
        this.models = models;
    }

    public void register(RoutesConfig routes) {
        routes.get("/models/{name}/drift", ctx -> {
            ModelName model = models.apply(ctx.pathParam("name"));
            if (!drift.counts()) {
                throw UnansweredException.unavailable(LiveDrift.OFF);
            }
            ctx.json(Yaml.toTree(drift.report(model)));
        });
    }
}
