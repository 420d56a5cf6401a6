package dev.laurel.cli.up;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.laurel.cli.output.Columns;
import dev.laurel.cli.serve.Stop;
import dev.laurel.model.Environment;
import dev.laurel.model.ModelName;
import dev.laurel.registry.Registry;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Shows the first answer that {@code laurel up} gives, whatever kind of model gives it, and what to try next. */
final class FirstAnswer {
    private static final String LINE = "-".repeat(100);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final String url;
    private final Environment environment;
    private final Path home;
    private final PrintWriter out;
    private final HttpClient client = HttpClient.newHttpClient();
    private final JsonMapper json = new JsonMapper();
    private boolean said;

    /** @param command what a person types to ask the same */
    private record Answer(String command, String body) {}

    FirstAnswer(String url, Environment environment, Path home, PrintWriter out) {
        this.url = url;
        this.environment = environment;
        this.home = home;
        this.out = out;
    }

    /** Says it when a champion stands and answers, the first time that this is so; the server's own log says why one does not. */
    void sayOnce(Registry registry, Stop stop) throws InterruptedException {
        var champions = registry.head().pins(environment).keySet();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!said && !champions.isEmpty()) {
            for (ModelName model : champions) {
                Optional<Answer> answer = answer(model);
                if (answer.isPresent()) {
                    said = true;
                    out.println(whatToTry(model, answer.get()));
                    return;
                }
            }
            if (stop.isAskedWithin(PAUSE) || System.nanoTime() > end) {
                return;
            }
        }
    }

    /** For the newest row where rows follow one another, else for values that training saw the like of. */
    private Optional<Answer> answer(ModelName model) throws InterruptedException {
        try {
            String tomorrow = url + "/predictionForTomorrow?model=" + model;
            HttpResponse<String> newest = send(HttpRequest.newBuilder(URI.create(tomorrow)));
            if (newest.statusCode() == 200) {
                String command = json.readTree(newest.body()).has("threshold")
                        ? "curl '%s&threshold=0.3'".formatted(tomorrow)
                        : "curl '%s'".formatted(tomorrow);
                return Optional.of(new Answer(command, newest.body().strip()));
            }
            if (newest.statusCode() != 400) {
                return Optional.empty();
            }
            HttpResponse<String> shown = send(HttpRequest.newBuilder(URI.create(url + "/models/" + model)));
            JsonNode example = json.readTree(shown.body()).path("example");
            if (!example.isObject()) {
                return Optional.empty();
            }
            String predict = url + "/models/" + model + "/predict";
            HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(predict))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(example.toString())));
            return answer.statusCode() == 200
                    ? Optional.of(new Answer(
                            "curl %s -d '%s'".formatted(predict, example),
                            answer.body().strip()))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
    }

    private String whatToTry(ModelName model, Answer answer) {
        String elsewhere = (home.equals(Path.of(".laurel")) ? "" : " --repo " + home.resolve("models.git"))
                + (environment.value().equals("production") ? "" : " --env " + environment);
        return String.join(
                "\n",
                LINE,
                "  " + model + " answers: " + answer.body(),
                "",
                new Columns()
                        .add("  Ask", answer.command())
                        .add("  Look", url + "/")
                        .add("  Clone", "git clone " + url + "/git/models.git && cd models && git log")
                        .add(
                                "  Roll back",
                                "git pull && git revert --no-edit $(git log -1 --format=%%h -- environments/%s/%s/champion.yaml) && git push"
                                        .formatted(environment, model))
                        .add("", "(its newest promotion; training does not promote over it until you say so:)")
                        .add("  Release", "./laurel release " + model + elsewhere)
                        .add("  Stop", "Ctrl-C; everything is kept, and the next 'up' goes on from there")
                        .toString(),
                LINE);
    }
}
