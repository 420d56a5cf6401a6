package dev.laurel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.cli.common.Authors;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person reads who typed something wrong: one line, word for word. */
class WrongInputTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            up --every 5x                | every: 5x (expected: a time such as 500ms, 30s, 5m or 1h)
            up --every 0s                | every: 0s (expected: a time such as 500ms, 30s, 5m or 1h)
            up --port 99999              | port: 99999 (expected: 0..65535)
            up --port http               | port: http (expected: 0..65535)
            up --env Production          | environment: Production (expected: 1..20 of a-z and 0-9, starting with a letter)
            up --repo models.git         | --repo: models.git (expected: none; 'laurel up' keeps its models repository in --home)
            status --output xml          | output: xml (expected: text or json)
            promote spy-direction seven  | version: seven (expected: v1, v2, ...)
            rollback spy-direction --to 5 | version: 5 (expected: v1, v2, ...)
            train SPY                    | model: SPY (expected: 1..40 of a-z, 0-9 and '-', starting with a letter and not ending with '-')
            log spy-direction --limit x  | limit: x (expected: 1..999999)
            log spy-direction --limit 0  | limit: 0 (expected: 1..999999)
            train                        | MODEL: missing (expected: a value; see 'laurel train --help')
            up --ofline                  | argument: --ofline (expected: what 'laurel up --help' lists; did you mean --offline?)
            upp                          | argument: upp (expected: what 'laurel --help' lists; did you mean up?)
            stats                        | argument: stats (expected: what 'laurel --help' lists; did you mean status?)
            quantify                     | argument: quantify (expected: what 'laurel --help' lists)
            """)
    void aWrongWordIsAUsageError(String line, String message) {
        assertThat(Laurel.run((Object[]) line.split(" "))).isEqualTo(new Laurel(2, "", "laurel: " + message));
    }

    @Test
    void aPortInUseIsSaidBeforeAnythingIsMade() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = other.getLocalPort();
            assertThat(Laurel.run("up", "--offline", "--port", port, "--home", folder.resolve("home")))
                    .isEqualTo(new Laurel(
                            1,
                            "",
                            "laurel: port: %d (expected: a free port; this one is in use, try --port %d)"
                                    .formatted(port, port + 1)));
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aHostOfAnotherMachineIsRefused() {
        assertThat(up(folder.resolve("home"), "--host", "192.0.2.1"))
                .isEqualTo(new Laurel(1, "", "laurel: host: 192.0.2.1 (expected: an address of this machine)"));
    }

    @Test
    void aFolderWithoutAModelsRepositorySaysHowToMakeOne() {
        Path repository = folder.resolve("models.git");
        assertThat(Laurel.run("status", "--repo", repository))
                .isEqualTo(
                        new Laurel(
                                1,
                                "",
                                "laurel: " + repository
                                        + ": not a Git repository (expected: a models repository; make one with `laurel init`)"));
    }

    @Test
    void anUnknownModelListsThoseThatThereAre() {
        Path repository = initialised();
        for (String[] line : new String[][] {
            {"train", "nope"}, {"promote", "nope"}, {"rollback", "nope"}, {"release", "nope"}, {"log", "nope"}
        }) {
            assertThat(Laurel.run(line[0], line[1], "--repo", repository))
                    .as(line[0])
                    .isEqualTo(new Laurel(1, "", "laurel: model: nope (expected: one of spy-direction)"));
        }
    }

    @Test
    void aVersionThatDoesNotExistIsRefused() {
        assertThat(Laurel.run("promote", "spy-direction", "v9", "--repo", initialised()))
                .satisfies(run -> assertThat(run.exit()).isEqualTo(1))
                .satisfies(run -> assertThat(run.err())
                        .matches("laurel: no v9 of spy-direction is registered at commit [0-9a-f]{12}"));
    }

    @Test
    void aBrokenDefinitionIsSaidWithFileAndLine() throws Exception {
        Path repository = initialised();
        Path clone = folder.resolve("clone");
        git(folder, "clone", "-q", repository.toString(), clone.toString());
        Path definition = clone.resolve("models/spy-direction/model.yaml");
        Files.writeString(definition, Files.readString(definition).replace("trees: 50", "trees: -3"));
        git(clone, "commit", "-q", "-a", "-m", "Break the definition");
        git(clone, "push", "-q", "origin", "HEAD");
        int line = Files.readAllLines(definition).indexOf("  - trees: -3") + 1;
        assertThat(Laurel.run("train", "spy-direction", "--offline", "--repo", repository))
                .isEqualTo(new Laurel(
                        1,
                        "",
                        "laurel: models/spy-direction/model.yaml:%d: experiments[0].trees: -3 (expected: 1..10000)"
                                .formatted(line)));
    }

    @Test
    void aWrongAuthorIsRefused() {
        assertThatThrownBy(() -> Authors.person("ada@example.org", "ada"))
                .hasMessage("LAUREL_AUTHOR: ada@example.org (expected: Name <email>)");
    }

    private static Laurel up(Path home, Object... more) {
        Object[] line = {"up", "--offline", "--port", "0", "--home", home};
        Object[] all = new Object[line.length + more.length];
        System.arraycopy(line, 0, all, 0, line.length);
        System.arraycopy(more, 0, all, line.length, more.length);
        return Laurel.run(all);
    }

    private Path initialised() {
        Path repository = folder.resolve("models.git");
        assertThat(Laurel.run("init", "--offline", "--repo", repository).exit()).isZero();
        return repository;
    }

    /** C git, with no configuration but this. */
    private static void git(Path directory, String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("git", "-c", "user.name=Ada", "-c", "user.email=ada@example.org");
        builder.command().addAll(List.of(arguments));
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        Process process =
                builder.directory(directory.toFile()).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }
}
