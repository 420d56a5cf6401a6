package dev.laurel.http;

import io.javalin.http.Context;

/**
 * By what a caller is known, so that the same one always gets the same version: the header {@code X-Laurel-Key}, such as the id of a user; else
 * the id of the request, which is another one each time unless the client says it.
 */
public final class CallerKey {
    public static final String HEADER = "X-Laurel-Key";

    private CallerKey() {}

    public static String of(Context ctx) {
        String key = ctx.header(HEADER);
        return key == null ? String.valueOf(ctx.res().getHeader(RequestIds.HEADER)) : key;
    }
}
