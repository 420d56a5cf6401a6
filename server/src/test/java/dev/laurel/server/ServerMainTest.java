package dev.laurel.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.laurel.git.host.Location;
import dev.laurel.model.Pin;
import dev.laurel.yaml.Yaml;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerMainTest {
    @Test
    void bindsToLoopbackUnlessToldOtherwise() {
        ServerMain.Arguments arguments = ServerMain.Arguments.of(Map.of("LAUREL_REPO", "/srv/models.git"));

        assertThat(arguments.repository()).isEqualTo(new Location.Folder(Path.of("/srv/models.git")));
        assertThat(arguments.settings()).isEqualTo(new ServerSettings("127.0.0.1", 8080, Showcase.PRODUCTION));
        assertThat(arguments.cache()).isEqualTo(Path.of(System.getProperty("user.home"), ".cache", "laurel"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LAUREL_REPO | ''    | LAUREL_REPO: missing (expected: a models repository: a folder, https:// or ssh://)",
                "LAUREL_PORT | http  | LAUREL_PORT: http (expected: 0..65535)",
                "LAUREL_PORT | 70000 | port: 70000 (expected: 0..65535)",
                "LAUREL_ENV  | a-b   | environment: a-b (expected: 1..20 of a-z and 0-9, starting with a letter)",
                "LAUREL_HOST | ' '   | host: ' ' (expected: some text)"
            })
    void namesWhatIsWrong(String name, String value, String message) {
        Map<String, String> environment = new HashMap<>(Map.of("LAUREL_REPO", "models.git"));
        environment.put(name, value);

        assertThatThrownBy(() -> ServerMain.Arguments.of(environment)).hasMessage(message);
    }

    @Test
    void aFolderThatIsNoModelsRepositoryIsOneLineOnTheScreen(@TempDir Path folder) throws Exception {
        Process server = start(folder);
        String output = new String(server.getInputStream().readAllBytes(), UTF_8);

        assertThat(server.waitFor()).isEqualTo(2);
        assertThat(output).contains(folder.toString()).hasLineCount(1);
    }

    @Test
    void logsAnObjectALineWhereItIsAskedTo(@TempDir Path folder) throws Exception {
        try (Showcase showcase = Showcase.in(folder)) {
            showcase.champion(1);
        }
        Process server = start(Map.of(
                "LAUREL_REPO",
                folder.resolve("models.git").toString(),
                "LAUREL_CACHE",
                folder.resolve("cache").toString(),
                "LAUREL_PORT",
                "0",
                "LAUREL_LOG_FORMAT",
                "json"));
        try (BufferedReader output = server.inputReader(UTF_8)) {
            JsonNode line = new ObjectMapper().readTree(output.readLine());

            assertThat(line.path("level").asText()).isEqualTo("INFO");
            assertThat(line.path("formattedMessage").asText()).isNotBlank();
            assertThat(line.path("timestamp").asLong()).isPositive();
        } finally {
            server.destroyForcibly();
        }
    }

    @Test
    void aFormOfTheLogThatIsNoneIsOneLineOnTheScreen() throws Exception {
        Process server = start(Map.of("LAUREL_REPO", "models.git", "LAUREL_LOG_FORMAT", "xml"));
        String output = new String(server.getInputStream().readAllBytes(), UTF_8);

        assertThat(server.waitFor()).isEqualTo(2);
        assertThat(output.strip()).isEqualTo("LAUREL_LOG_FORMAT: xml (expected: text or json)");
    }

    @Test
    void followsThePinFileThatItIsTold() {
        ServerMain.Arguments arguments = ServerMain.Arguments.of(
                Map.of("LAUREL_REPO", "/srv/models.git", "LAUREL_PIN_FILE", "/etc/laurel/pin/champion.yaml"));

        assertThat(arguments.settings().pinFile()).isEqualTo(Path.of("/etc/laurel/pin/champion.yaml"));
    }

    @Test
    void verifiesAPinWithoutServingIt(@TempDir Path folder) throws Exception {
        try (Showcase showcase = Showcase.in(folder)) {
            showcase.register(1);
            Pin pin = showcase.pinOf(1);
            Path repository = folder.resolve("models.git");

            assertThat(verify(repository, pin))
                    .isEqualTo("spy-direction v1 (%s) can be served\nexit 0".formatted(pin.digest()));
            Files.writeString(showcase.lfsObject(pin.digest()), "tampered");
            assertThat(verify(repository, pin))
                    .startsWith("spy-direction v1 would not be served: ")
                    .endsWith("exit 3")
                    .hasLineCount(2);
            assertThat(verify(repository.toString(), "version: v1"))
                    .startsWith("LAUREL_PIN:1: ")
                    .endsWith("exit 3")
                    .hasLineCount(2);
        }
    }

    @Test
    void anOutageIsNoVerdictOnAPin(@TempDir Path folder) throws Exception {
        try (Showcase showcase = Showcase.in(folder)) {
            showcase.register(1);
            String pin = new String(Yaml.write(showcase.pinOf(1)), UTF_8);

            assertThat(verify("http://127.0.0.1:1/models.git", pin))
                    .startsWith("spy-direction v1: cannot be judged now: ")
                    .endsWith("exit 1");
            assertThat(verify("", pin)).startsWith("LAUREL_REPO: missing ").endsWith("exit 2");
        }
    }

    private static String verify(Path repository, Pin pin) throws Exception {
        return verify(repository.toString(), new String(Yaml.write(pin), UTF_8));
    }

    private static String verify(String repository, String pin) throws Exception {
        Process server = start(Map.of("LAUREL_REPO", repository, "LAUREL_PIN", pin), "verify");
        String output = new String(server.getInputStream().readAllBytes(), UTF_8);
        return output + "exit " + server.waitFor();
    }

    @Test
    void startsAnswersAndStopsWhenToldTo(@TempDir Path folder) throws Exception {
        try (Showcase showcase = Showcase.in(folder)) {
            showcase.champion(1);
        }
        Process server = start(folder.resolve("models.git"));
        try (BufferedReader output = server.inputReader(UTF_8)) {
            // In any order, since the follower has a thread of its own.
            String log = output.readLine() + "\n" + output.readLine() + "\n" + output.readLine();
            assertThat(log)
                    .containsPattern("INFO  ServerMain: Answering for production at http://127.0.0.1:[1-9]\\d+")
                    .contains("INFO  Follower: spy-direction v1 answers in production (sha256:");
            // Of the handle, since the process itself would close what it printed.
            server.toHandle().destroy();

            assertThat(server.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(output.readLine()).as("nothing else is logged").isNull();
        } finally {
            server.destroyForcibly();
        }
    }

    private static Process start(Path repository) throws IOException {
        return start(Map.of(
                "LAUREL_REPO", repository.toString(),
                "LAUREL_PORT", "0",
                "LAUREL_CACHE", repository.resolveSibling("cache").toString()));
    }

    private static Process start(Map<String, String> environment, String... arguments) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command = new ArrayList<>(List.of(
                java.toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                ServerMain.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder server = new ProcessBuilder(command).redirectErrorStream(true);
        server.environment().putAll(environment);
        return server.start();
    }
}
