package dev.laurel.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.Javalin;

/** What the same Javalin can do at most: it reads the body of any POST and answers a constant JSON. */
final class ConstantAnswer {
    private ConstantAnswer() {}

    /** @param arguments the port, and the answer */
    public static void main(String[] arguments) {
        byte[] answer = arguments[1].getBytes(UTF_8);
        Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.routes.post("/<path>", ctx -> {
                        ctx.bodyAsBytes();
                        ctx.contentType("application/json").result(answer);
                    });
                    config.routes.get("/<path>", ctx -> ctx.result("ready"));
                })
                .start("127.0.0.1", Integer.parseInt(arguments[0]));
    }
}
