package dev.laurel.live;

import dev.laurel.model.ModelName;
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
        routes.get(
                "/models/{name}/drift",
                ctx -> ctx.json(Yaml.toTree(drift.report(models.apply(ctx.pathParam("name"))))));
    }
}
