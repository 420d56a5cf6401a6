package dev.laurel.http;

import dev.laurel.follow.LoadedModel;
import io.javalin.http.Context;

/** Says in headers what gave an answer, whatever the protocol. */
public final class ModelHeaders {
    private ModelHeaders() {}

    public static void put(Context ctx, LoadedModel model) {
        ctx.header("X-Laurel-Model", model.pin().model() + "@" + model.pin().version());
        ctx.header("X-Laurel-Digest", model.pin().digest().toString());
    }
}
