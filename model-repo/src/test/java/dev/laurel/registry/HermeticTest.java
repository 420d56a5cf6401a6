package dev.laurel.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.registry.showcase.CommandLine;
import dev.laurel.registry.showcase.JavaProcess;
import dev.laurel.registry.showcase.Showcase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Not a byte that is written depends on whose machine it is written on. */
class HermeticTest {
    @TempDir
    Path folder;

    @Test
    void aHostileConfigurationAndEnvironmentChangeNoByte() throws Exception {
        Path hostile = hostileMachine();
        run(
                "hostile",
                hostileEnvironment(hostile),
                "-Duser.home=" + hostile,
                "-Dfile.encoding=ISO-8859-1",
                "-Duser.language=tr",
                "-Duser.country=TR",
                "-Duser.timezone=Pacific/Kiritimati");
        run(
                "plain",
                Map.of("HOME", Files.createDirectories(folder.resolve("nobody")).toString()));

        assertThat(commits("hostile")).isEqualTo(commits("plain")).doesNotContain("Mallory", "encoding", "gpgsig");
        assertThat(files("hostile")).isEqualTo(files("plain"));
        assertThat(folder.resolve("ran")).doesNotExist();
        assertThat(folder.resolve("nowhere")).doesNotExist();
        assertThat(hostile.resolve("jgit")).doesNotExist();
    }

    /** A home folder with all that Git lets a user, a system or a template say about what is written. */
    private Path hostileMachine() throws IOException {
        Path home = Files.createDirectories(folder.resolve("home"));
        Path template = Files.createDirectories(home.resolve("template/hooks")).getParent();
        Files.writeString(template.resolve("config"), "[core]\n\tcompression = 0\n");
        Files.writeString(template.resolve("description"), "Mallory's");
        for (String name : List.of("pre-commit", "commit-msg", "reference-transaction", "pre-receive", "update")) {
            Path hook = template.resolve("hooks").resolve(name);
            Files.writeString(hook, "#!/bin/sh\ntouch '%s'\n".formatted(folder.resolve("ran")));
            assertThat(hook.toFile().setExecutable(true)).isTrue();
        }
        Files.writeString(home.resolve("attributes"), "* filter=mallory eol=crlf working-tree-encoding=UTF-16\n");
        Files.writeString(home.resolve(".gitconfig"), """
                [user]
                    name = Mallory
                    email = mallory@example.org
                    signingKey = ABCDEF
                [author]
                    name = Mallory
                [committer]
                    email = mallory@example.org
                [core]
                    compression = 0
                    looseCompression = 0
                    autocrlf = true
                    eol = crlf
                    safecrlf = true
                    fileMode = false
                    precomposeUnicode = true
                    quotePath = false
                    logAllRefUpdates = always
                    sharedRepository = world
                    fsyncObjectFiles = false
                    hooksPath = %1$s/hooks
                    attributesFile = %2$s/attributes
                    worktree = %3$s
                [filter "mallory"]
                    clean = touch %4$s
                    required = true
                [filter "lfs"]
                    clean = touch %4$s
                [lfs]
                    storage = %3$s
                [i18n]
                    commitEncoding = ISO-8859-1
                    logOutputEncoding = ISO-8859-1
                [commit]
                    gpgSign = true
                    template = %2$s/attributes
                [gpg]
                    program = touch
                [init]
                    defaultBranch = trunk
                    templateDir = %1$s
                    defaultObjectFormat = sha256
                    defaultRefFormat = reftable
                [extensions]
                    objectFormat = sha256
                [pack]
                    compression = 0
                    packSizeLimit = 1
                [gc]
                    auto = 1
                """.formatted(
                        template, home, folder.resolve("nowhere"), folder.resolve("ran")));
        Files.createDirectories(home.resolve("git"));
        Files.copy(home.resolve(".gitconfig"), home.resolve("git/config"));
        return home;
    }

    private Map<String, String> hostileEnvironment(Path home) {
        String nowhere = folder.resolve("nowhere").toString();
        String config = home.resolve(".gitconfig").toString();
        Map<String, String> environment = new TreeMap<>();
        for (String place : List.of(
                "GIT_DIR",
                "GIT_COMMON_DIR",
                "GIT_WORK_TREE",
                "GIT_INDEX_FILE",
                "GIT_OBJECT_DIRECTORY",
                "GIT_ALTERNATE_OBJECT_DIRECTORIES",
                "GIT_CEILING_DIRECTORIES",
                "GIT_LFS_PATH")) {
            environment.put(place, nowhere);
        }
        for (String place : List.of("GIT_CONFIG", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM")) {
            environment.put(place, config);
        }
        for (String person : List.of("GIT_AUTHOR", "GIT_COMMITTER")) {
            environment.put(person + "_NAME", "Mallory");
            environment.put(person + "_EMAIL", "mallory@example.org");
            environment.put(person + "_DATE", "2001-01-01T00:00:00Z");
        }
        environment.putAll(Map.of(
                "HOME", home.toString(),
                "XDG_CONFIG_HOME", home.toString(),
                "EMAIL", "mallory@example.org",
                "GIT_TEMPLATE_DIR", home.resolve("template").toString(),
                "GIT_CONFIG_COUNT", "1",
                "GIT_CONFIG_KEY_0", "core.compression",
                "GIT_CONFIG_VALUE_0", "0",
                "GIT_CONFIG_PARAMETERS", "'core.compression=0'",
                "GIT_DEFAULT_HASH", "sha256",
                "LC_ALL", "tr_TR.ISO-8859-9"));
        environment.put("TZ", "Pacific/Kiritimati");
        return environment;
    }

    private void run(String name, Map<String, String> environment, String... options) throws Exception {
        List<String> command = new ArrayList<>(JavaProcess.command(options));
        command.addAll(
                List.of(HermeticTest.class.getName(), folder.resolve(name).toString()));
        Path output = folder.resolve("output");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    }

    /** Makes the same history in a folder, in whatever JVM it is called. */
    public static void main(String... folder) {
        try (Showcase showcase = Showcase.in(Path.of(folder[0]))) {
            showcase.withVersions(2);
            showcase.promote(1);
            showcase.promote(2);
            showcase.registry()
                    .rollBack(Showcase.PRODUCTION, Showcase.SPY, null, "çürük yanıtlar, İstanbul\r\n", Showcase.ALICE);
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

    /** Every file of the repository with its bytes; without the commits, and the branch, which names one. */
    private SortedMap<String, String> files(String name) throws IOException {
        Path bare = folder.resolve(name).resolve("models.git");
        List<String> commits = CommandLine.in(bare)
                .run("git", "rev-list", "main")
                .lines()
                .map(id -> "objects/" + id.substring(0, 2) + "/" + id.substring(2))
                .toList();
        SortedMap<String, String> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(bare)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                String path = bare.relativize(file).toString();
                if (!commits.contains(path) && !path.equals("refs/heads/main")) {
                    byte[] bytes = Files.readAllBytes(file);
                    files.put(
                            path,
                            path.startsWith("objects/") ? HexFormat.of().formatHex(bytes) : new String(bytes, UTF_8));
                }
            }
        }
        assertThat(files).hasSizeGreaterThan(20);
        return files;
    }
}
