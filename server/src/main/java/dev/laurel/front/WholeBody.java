package dev.laurel.front;

import io.javalin.http.Context;

/** The body of a request, which was read before the request took a thread: there is nothing to read it from once more. */
public final class WholeBody {
    static final String ATTRIBUTE = "dev.laurel.body";

    private WholeBody() {}

    /** Not to be changed. */
    public static byte[] of(Context ctx) {
        return ctx.req().getAttribute(ATTRIBUTE) instanceof byte[] body ? body : ctx.bodyAsBytes();
    }
}
