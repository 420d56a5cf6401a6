package dev.laurel.predict;

import dev.laurel.follow.LoadedModel;
import org.jspecify.annotations.Nullable;

/** A request as its protocol read it, and found that the model can answer it. */
public interface Asked {
    Inputs inputs();

    Threshold threshold();

    /** The version that is to answer, where the request itself names one. */
    default @Nullable LoadedModel model() {
        return null;
    }
}
