package dev.laurel.oip;

import dev.laurel.follow.LoadedModel;
import dev.laurel.predict.PredictionService;
import dev.laurel.predict.UnansweredException;
import org.jspecify.annotations.Nullable;

/** The model that a request names. */
public final class AskedModel {
    private AskedModel() {}

    /**
     * A version is part of the name: one that does not answer is not there.
     *
     * @param version as {@code v7} or {@code 7}; null for the one that answers
     */
    public static LoadedModel find(PredictionService service, String name, @Nullable String version) {
        LoadedModel model = service.named(name);
        return version == null
                ? model
                : service.version(model, version)
                        .orElseThrow(() -> UnansweredException.notFound(
                                "version", version, model.pin().version() + ", which answers"));
    }
}
