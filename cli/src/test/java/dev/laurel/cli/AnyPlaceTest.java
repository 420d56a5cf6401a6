package dev.laurel.cli;

import static dev.laurel.cli.Showcase.DAILY;
import static dev.laurel.cli.Showcase.PRODUCTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.model.Pin;
import dev.laurel.registry.Registry;
import dev.laurel.server.ServerMain;
import dev.laurel.trainer.TrainerMain;
import dev.laurel.yaml.Yaml;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The programs say and make the same, whatever language, digits, calendar, zone and encoding their machine has. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnyPlaceTest {
    private static final String USUAL =
            "-Duser.language=en -Duser.country=US -Duser.timezone=UTC -Dfile.encoding=UTF-8";
    private static final Pattern ANSWERING =
            Pattern.compile("Answering for production at (http://127\\.0\\.0\\.1:[0-9]+)");
    private static final String DESCRIPTION = "Größer? İstanbul, القاهرة and กรุงเทพ ask.";

    @TempDir
    private static Path folder;

    private String usual = "";

    @BeforeAll
    void askAtTheUsualPlace() throws Exception {
        usual = said(Machine.abroad(folder.resolve("usual"), options(USUAL)));

        assertThat(usual).contains("registered v2 by ", DESCRIPTION, "can be served", "\"prediction\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-Duser.language=tr -Duser.country=TR -Duser.timezone=Europe/Istanbul -Dfile.encoding=ISO-8859-9",
                "-Duser.language=ar -Duser.country=EG -Duser.timezone=Africa/Cairo -Dfile.encoding=ISO-8859-6",
                "-Duser.language=ar -Duser.country=EG -Duser.extensions=u-nu-arab -Duser.timezone=Africa/Cairo",
                "-Duser.language=th -Duser.country=TH -Duser.extensions=u-ca-buddhist-nu-thai -Dfile.encoding=TIS-620",
                "-Duser.language=en -Duser.country=US -Duser.timezone=America/New_York -Dfile.encoding=US-ASCII"
            })
    void theProgramsSayAndMakeTheSame(String place) throws Exception {
        Machine abroad = Machine.abroad(folder.resolve("abroad" + place.hashCode()), options(place));

        assertThat(said(abroad)).isEqualTo(usual);
    }

    private static List<String> options(String place) {
        return List.of(place.split(" "));
    }

    /** All that the three programs say of two versions that they train, one each. */
    private static String said(Machine machine) throws Exception {
        Path bare = machine.folder().resolve("models.git");
        String definition = Files.readString(Path.of("src/test/resources/daily.yaml"))
                .replaceFirst("description: .*", "description: '" + DESCRIPTION + "'");
        Registry.create(bare, new TreeMap<>(Map.of(DAILY, definition.getBytes(StandardCharsets.UTF_8))), Showcase.ALICE)
                .close();
        machine.set("LAUREL_REPO", bare).set("LAUREL_CACHE", machine.folder().resolve("cache"));
        StringBuilder said = new StringBuilder();
        said.append(machine.run(TrainerMain.class, "daily"));
        said.append(machine.laurel("train", "daily", "--offline"));
        said.append(machine.laurel("show", "daily"));
        said.append(machine.laurel("log", "daily", "--output", "json"));
        said.append(machine.laurel("promote", "daily", "0"));
        try (Registry registry = Registry.open(bare)) {
            Pin pin = registry.head().pin(PRODUCTION, DAILY).orElseThrow();
            machine.set("LAUREL_PIN", new String(Yaml.write(pin), StandardCharsets.UTF_8));
            registry.head()
                    .versions(DAILY)
                    .forEach(version -> said.append(
                            registry.head().record(DAILY, version).modelFile().digest()));
        }
        said.append(machine.run(ServerMain.class, "verify"));
        said.append(served(machine));
        // What is another at each time and in each folder.
        return said.toString()
                .replace(machine.folder().toString(), "FOLDER")
                .replaceAll("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?Z", "TIME")
                .replaceAll("after [0-9]+\\.[0-9] s", "after SECONDS")
                .replaceAll("\\b[0-9a-f]{10}([0-9a-f]{30})?\\b", "COMMIT")
                .replaceAll(":[0-9]{5}\\b", ":PORT");
    }

    private static String served(Machine machine) throws Exception {
        Path out = machine.folder().resolve("served.txt");
        machine.set("LAUREL_PORT", "0");
        Process server = machine.start(ServerMain.class, out, out);
        try {
            URI address = await().atMost(Duration.ofMinutes(1))
                    .until(
                            () -> ANSWERING
                                    .matcher(Files.readString(out))
                                    .results()
                                    .map((MatchResult line) -> URI.create(line.group(1)))
                                    .findFirst(),
                            Optional::isPresent)
                    .orElseThrow();
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> get(address.resolve("/predictionForTomorrow")).statusCode() == 200);
            return get(address.resolve("/predictionForTomorrow?threshold=0.5")).body()
                    + get(address.resolve("/predictionForTomorrow?threshold=a")).body()
                    // Several threads begin side by side, so that what they say is in any order.
                    + Files.readString(out)
                            .lines()
                            .sorted(Comparator.comparing((String line) -> line.substring(line.indexOf(' '))))
                            .toList();
        } finally {
            server.destroy();
            server.waitFor();
        }
    }

    private static HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
}
