package dev.laurel.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A commit does not depend on whose machine it is made on. */
class HermeticTest {
    @TempDir
    Path folder;

    @Test
    void aHostileConfigurationAndEnvironmentChangeNothing() throws Exception {
        Path home = Files.createDirectories(folder.resolve("home"));
        Files.writeString(home.resolve(".gitconfig"), """
                [user]
                    name = Mallory
                    email = mallory@example.org
                [core]
                    compression = 0
                    logAllRefUpdates = always
                [i18n]
                    commitEncoding = ISO-8859-1
                [commit]
                    gpgSign = true
                [init]
                    defaultBranch = trunk
                """);
        ProcessBuilder child = new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Duser.home=" + home,
                "-cp",
                System.getProperty("java.class.path"),
                HermeticTest.class.getName(),
                folder.resolve("child").toString());
        child.environment()
                .putAll(Map.of(
                        "HOME", home.toString(),
                        "XDG_CONFIG_HOME", home.toString(),
                        "GIT_DIR", folder.resolve("nowhere").toString(),
                        "GIT_AUTHOR_NAME", "Mallory",
                        "GIT_COMMITTER_EMAIL", "mallory@example.org",
                        "GIT_CONFIG_GLOBAL", home.resolve(".gitconfig").toString()));
        Path output = folder.resolve("output");
        Process process =
                child.redirectErrorStream(true).redirectOutput(output.toFile()).start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        main(folder.resolve("here").toString());

        assertThat(commits("child")).isEqualTo(commits("here")).doesNotContain("Mallory", "encoding", "gpgsig");
        assertThat(folder.resolve("child/models.git/config"))
                .hasSameTextualContentAs(folder.resolve("here/models.git/config"));
        assertThat(folder.resolve("child/models.git/logs/refs/heads/main")).doesNotExist();
        assertThat(home.resolve("jgit")).doesNotExist();
    }

    /** Makes the same history in a folder, in whatever JVM it is called. */
    public static void main(String... folder) {
        try (Showcase showcase = Showcase.in(Path.of(folder[0]))) {
            showcase.withVersions(2);
            showcase.promote(1);
            showcase.promote(2);
            showcase.rollBack();
        }
    }

    /** The commits as Git stores them, without what time and the time before make of them. */
    private String commits(String name) {
        CommandLine git = CommandLine.in(folder.resolve(name).resolve("models.git"));
        return git.run("sh", "-c", "git rev-list --reverse main | git cat-file --batch")
                .replaceAll("(?m)^[0-9a-f]{40} commit \\d+$", "commit")
                .replaceAll("(?m)^parent [0-9a-f]{40}$", "parent")
                .replaceAll("(?m)^((author|committer) .*>) \\d+ ", "$1 time ");
    }
}
