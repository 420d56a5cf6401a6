package dev.laurel.cli;

import dev.laurel.model.Environment;
import dev.laurel.model.ModelName;
import dev.laurel.model.Pin;
import dev.laurel.registry.Registry;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SortedMap;

/** Shows the first answer that {@code laurel up} gives, and what to try next. */
final class FirstAnswer {
    private static final String LINE = "-".repeat(100);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final String url;
    private final Environment environment;
    private final Path home;
    private final PrintWriter out;
    private boolean said;

    FirstAnswer(String url, Environment environment, Path home, PrintWriter out) {
        this.url = url;
        this.environment = environment;
        this.home = home;
        this.out = out;
    }

    /** Says it when a champion stands and answers, the first time that this is so. */
    void sayOnce(Registry registry, Stop stop) throws InterruptedException {
        SortedMap<ModelName, Pin> pins = registry.head().pins(environment);
        if (!said && !pins.isEmpty()) {
            String answer = answer(stop);
            said = !answer.isEmpty();
            if (said) {
                out.println(whatToTry(pins.firstKey(), answer));
            }
        }
    }

    /** Empty when the champion does not answer soon; the server's own log says why. */
    private String answer(Stop stop) throws InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest ask = HttpRequest.newBuilder(URI.create(url + "/predictionForTomorrow"))
                .timeout(PATIENCE)
                .build();
        long end = System.nanoTime() + PATIENCE.toNanos();
        do {
            try {
                HttpResponse<String> answer = client.send(ask, BodyHandlers.ofString());
                if (answer.statusCode() == 200) {
                    return answer.body().strip();
                }
            } catch (IOException e) {
                return "";
            }
        } while (!stop.isAskedWithin(PAUSE) && System.nanoTime() < end);
        return "";
    }

    private String whatToTry(ModelName model, String answer) {
        String elsewhere = (home.equals(Path.of(".laurel")) ? "" : " --repo " + home.resolve("models.git"))
                + (environment.value().equals("production") ? "" : " --env " + environment);
        return String.join(
                "\n",
                LINE,
                "  " + model + " answers: " + answer,
                "",
                new Columns()
                        .add("  Ask", "curl '" + url + "/predictionForTomorrow?threshold=0.3'")
                        .add("  Look", url + "/")
                        .add("  Clone", "git clone " + url + "/git/models.git && cd models && git log")
                        .add(
                                "  Roll back",
                                "git pull && git revert --no-edit $(git log -1 --format=%h -- '*/champion.yaml') && git push")
                        .add("", "(the newest promotion; training does not promote over it until you say so:)")
                        .add("  Release", "./laurel release " + model + elsewhere)
                        .add("  Stop", "Ctrl-C; everything is kept, and the next 'up' goes on from there")
                        .toString(),
                LINE);
    }
}
