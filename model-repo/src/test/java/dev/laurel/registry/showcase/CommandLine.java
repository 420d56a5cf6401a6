package dev.laurel.registry.showcase;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Runs the C clients, git and git-lfs, with a home of their own so that nothing of the machine's configuration is seen. */
public final class CommandLine {
    /** With what {@code git lfs install} would write, of which each of many tests would start a few processes. */
    private static final String CONFIGURATION = """
            [user]
                name = Alice
                email = alice@laurel.example
            [init]
                defaultBranch = main
            [filter "lfs"]
                clean = git-lfs clean -- %f
                smudge = git-lfs smudge -- %f
                process = git-lfs filter-process
                required = true
            """;

    private static final boolean GIT_LFS = isGitLfsInstalled();

    private final Path folder;
    private final Map<String, String> environment;

    private CommandLine(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = environment;
    }

    /** @param folder where the commands run; its home is a folder beside it */
    public static CommandLine in(Path folder) {
        requireGitLfs();
        try {
            Path home = Files.createDirectories(folder.resolveSibling("home"));
            Files.createDirectories(folder);
            CommandLine line = new CommandLine(
                    folder,
                    Map.of(
                            "HOME", home.toString(),
                            "GIT_CONFIG_NOSYSTEM", "1",
                            "GIT_TERMINAL_PROMPT", "0",
                            "LC_ALL", "C"));
            if (Files.notExists(home.resolve(".gitconfig"))) {
                Files.writeString(home.resolve(".gitconfig"), CONFIGURATION);
            }
            return line;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public CommandLine at(Path other) {
        return new CommandLine(other, environment);
    }

    public Path folder() {
        return folder;
    }

    /** A process of its own, with streams to talk through. */
    public Process start(Map<String, String> more, String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().putAll(environment);
        builder.environment().putAll(more);
        return builder.start();
    }

    /** Runs a command that has to succeed; all that it prints. */
    public String run(String... command) {
        Result result = tryRun(command);
        assertThat(result.exit)
                .as("%s printed: %s", List.of(command), result.output)
                .isZero();
        return result.output;
    }

    public Result tryRun(String... command) {
        try {
            Path output = Files.createTempFile("command", ".txt");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as("%s ends", List.of(command))
                    .isTrue();
            String text = Files.readString(output, UTF_8);
            Files.delete(output);
            return new Result(process.exitValue(), text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What a command printed, both streams, and how it ended. */
    public record Result(int exit, String output) {}

    private static boolean isGitLfsInstalled() {
        try {
            return new ProcessBuilder("git", "lfs", "version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void requireGitLfs() {
        if ("true".equals(System.getenv("CI"))) {
            assertThat(GIT_LFS)
                    .as("git and git-lfs are installed, as CI needs them")
                    .isTrue();
        }
        Assumptions.assumeTrue(GIT_LFS, "git-lfs is not installed: apt-get install git-lfs");
    }
}
