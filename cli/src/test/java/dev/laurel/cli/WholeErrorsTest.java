package dev.laurel.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever is told an id finds all of the error under it: in the file of {@code up}, on standard error of {@code serve}. */
class WholeErrorsTest {
    private static final Pattern ADDRESS = Pattern.compile("serving (http://localhost:\\d+)/");
    private static final Pattern ID = Pattern.compile("\"log_id\":\"([0-9a-f]{8})\"");

    @TempDir
    Path folder;

    private Process laurel;

    @AfterEach
    void stop() throws InterruptedException {
        laurel.destroyForcibly();
        laurel.waitFor(10, TimeUnit.SECONDS);
    }

    @Test
    void upKeepsThemInItsHomeAndShowsALine() throws Exception {
        start("up", "--offline", "--every", "1h", "--port", "0", "--home", home().toString());
        String id = fail();

        await().untilAsserted(() -> assertThat(read(home().resolve("laurel.log")))
                .containsOnlyOnce(id)
                .containsPattern("(?m)^\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z ERROR ErrorAnswers: " + id
                        + ": GET /models/spy-direction failed\\R\\S+Exception: .*\\R\\s+at "));
        assertThat(read(folder.resolve("err")))
                .contains(id + ": GET /models/spy-direction failed (more in " + home().resolve("laurel.log") + ")")
                .doesNotContain("\tat ");
    }

    @Test
    void serveShowsThemOnStandardError() throws Exception {
        for (List<String> words : List.of(List.of("init"), List.of("train", "spy-direction"))) {
            List<String> line = new ArrayList<>(words);
            line.addAll(
                    List.of("--offline", "--repo", home().resolve("models.git").toString()));
            start(line.toArray(String[]::new));
            assertThat(laurel.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
        start("serve", "--port", "0", "--repo", home().resolve("models.git").toString());
        String id = fail();

        await().untilAsserted(() -> assertThat(read(folder.resolve("err")))
                .containsOnlyOnce(id)
                .containsPattern(id + ": GET /models/spy-direction failed\\R\\S+Exception: .*\\R\\s+at "));
    }

    private Path home() {
        return folder.resolve("home");
    }

    private void start(String... arguments) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command = new ArrayList<>(List.of(
                java.toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        laurel = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
    }

    /** Takes the history away from under a server that follows it; the id that a client is told. */
    private String fail() throws Exception {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> ADDRESS.matcher(read(folder.resolve("out"))).find());
        Matcher address = ADDRESS.matcher(read(folder.resolve("out")));
        assertThat(address.find()).isTrue();
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest ready =
                HttpRequest.newBuilder(URI.create(address.group(1) + "/readyz")).build();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> client.send(ready, BodyHandlers.ofString()).statusCode() == 200);
        Files.move(home().resolve("models.git"), home().resolve("gone.git"));
        HttpRequest model = HttpRequest.newBuilder(URI.create(address.group(1) + "/models/spy-direction"))
                .build();
        HttpResponse<String> answer = client.send(model, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(500);
        Matcher id = ID.matcher(answer.body());
        assertThat(id.find()).as(answer.body()).isTrue();
        return id.group(1);
    }

    private static String read(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file, UTF_8) : "";
    }
}
