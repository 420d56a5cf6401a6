package dev.laurel.cli;

import static dev.laurel.cli.Showcase.DAILY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.model.Version;
import dev.laurel.model.VersionRecord;
import dev.laurel.model.VersionRecord.Content;
import dev.laurel.registry.Registry;
import dev.laurel.registry.view.Revision;
import dev.laurel.yaml.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line writes, signs, serves and pushes the same on any machine, and starts no program that the machine's owner has set. */
class HermeticCommandsTest {
    private static final Pattern SERVING = Pattern.compile("http://localhost:[0-9]+/git/models\\.git");

    @TempDir
    private Path folder;

    private Path base;
    private Path sshKey;
    private Path pgpKey;

    /** A models repository where whoever writes has to sign, by an SSH or an OpenPGP key; and a version of another one. */
    @BeforeEach
    void prepare() throws Exception {
        base = Showcase.withOneVersion(Files.createDirectories(folder.resolve("base")));
        sshKey = folder.resolve("ssh.key");
        run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "alice", "-f", sshKey.toString());
        pgpKey = folder.resolve("pgp.asc");
        run("gpg", "--quiet", "--batch", "--passphrase", "", "--quick-generate-key", "alice@laurel.example", "ed25519");
        Files.writeString(pgpKey, run("gpg", "--armor", "--export-secret-keys"));
        String clone = folder.resolve("clone").toString();
        run("git", "clone", "--quiet", base.toString(), clone);
        Files.writeString(
                Path.of(clone, "laurel.yaml"),
                "signers:\n" + signer("ssh", Files.readString(folder.resolve("ssh.key.pub")))
                        + signer("pgp", run("gpg", "--armor", "--export")),
                StandardOpenOption.APPEND);
        run("git", "-C", clone, "commit", "--quiet", "--all", "-m", "Let people sign");
        run("git", "-C", clone, "push", "--quiet");

        try (Registry registry = Registry.open(Showcase.in(Files.createDirectories(folder.resolve("other"))))) {
            Revision head = registry.head();
            VersionRecord record = head.record(DAILY, new Version(3));
            Content data = Objects.requireNonNull(record.data());
            Content model = record.modelFile();
            Files.write(folder.resolve("v3.model"), registry.fetch(model.digest(), model.size()));
            Files.write(folder.resolve("v3.csv"), registry.fetch(data.digest(), data.size()));
            Files.write(folder.resolve("report.yaml"), Yaml.write(head.report(DAILY, new Version(3))));
            Files.write(folder.resolve("provenance.yaml"), Yaml.write(head.provenance(DAILY, new Version(3))));
        }
    }

    private static String signer(String name, String key) {
        return "  - name: %s\n    key: |\n%s    roles: [maintain]\n"
                .formatted(name, key.strip().indent(6));
    }

    @Test
    void aHostileConfigurationAndEnvironmentChangeNoByteAndRunNothing() throws Exception {
        Machine plain = Machine.plain(folder.resolve("plain"));
        Machine hostile = Machine.hostile(folder.resolve("hostile"));

        String written = write(plain);

        assertThat(write(hostile)).isEqualTo(written).doesNotContain("Mallory", "encoding");
        assertThat(written.lines().filter("gpgsig"::equals)).hasSize(4);
        findNobodyOverSsh(hostile);
        assertThat(hostile.executed()).doesNotExist();
        assertThat(hostile.elsewhere()).doesNotExist();
        assertThat(hostile.folder().resolve("home")).isDirectoryNotContaining("glob:**/.{cache,gnupg}");
    }

    /** Writes on a repository of this machine and through a server; the commits that came of it. */
    private String write(Machine machine) throws Exception {
        Path bare = machine.folder().resolve("models.git");
        run("cp", "-r", base.toString(), bare.toString());
        machine.set("LAUREL_AUTHOR", "Alice <alice@laurel.example>");
        machine.set("LAUREL_CACHE", machine.folder().resolve("cache"));
        machine.set("LAUREL_SIGNING_KEY", sshKey);
        Path fresh = machine.folder().resolve("fresh.git");
        done(machine.laurel("init", "--offline", "--repo", fresh));
        done(machine.laurel(
                "register",
                "daily",
                "--repo",
                bare,
                "--file",
                folder.resolve("v3.model"),
                "--report",
                folder.resolve("report.yaml"),
                "--provenance",
                folder.resolve("provenance.yaml"),
                "--data",
                folder.resolve("v3.csv")));
        machine.set("LAUREL_SIGNING_KEY", pgpKey);
        promoteOverHttp(machine, bare);
        done(machine.laurel("rollback", "daily", "--repo", bare, "--reason", "odd answers\r\nsince noon"));
        run("git", "-C", bare.toString(), "fsck", "--strict");
        try (Registry registry = Registry.open(bare)) {
            assertThat(registry.verify(null, null, (what, done, total) -> {}).faults())
                    .isEmpty();
        }
        return commits(fresh) + commits(bare);
    }

    private static void promoteOverHttp(Machine machine, Path bare) throws Exception {
        Path out = machine.folder().resolve("serve.txt");
        Process server = machine.start(out, out, "serve", "--port", "0", "--repo", bare);
        try {
            String url = await().atMost(Duration.ofSeconds(60))
                    .until(
                            () -> SERVING.matcher(Files.readString(out))
                                    .results()
                                    .map(MatchResult::group)
                                    .findFirst(),
                            Optional::isPresent)
                    .orElseThrow();
            Laurel promoted = machine.laurel("promote", "daily", "--repo", url, "--reason", "tried out in Istanbul");
            assertThat(promoted.exit()).as(promoted.toString()).isZero();
            // The gate had rejected it, and the person decides.
            assertThat(promoted.err())
                    .startsWith("note: the gate of production had rejected v2: ")
                    .hasLineCount(1);
        } finally {
            server.destroy();
            server.waitFor();
        }
    }

    /** Without any help. */
    private void findNobodyOverSsh(Machine machine) throws Exception {
        machine.set("LAUREL_SSH_KEY", sshKey);
        machine.set("LAUREL_SSH_KNOWN_HOSTS", Files.createFile(machine.folder().resolve("known_hosts")));
        Laurel laurel = machine.laurel("status", "--repo", "ssh://git@127.0.0.1:1/models.git");
        assertThat(laurel.exit()).isEqualTo(1);
        assertThat(laurel.err())
                .startsWith("laurel: ssh://git@127.0.0.1:1/models.git: ")
                .contains("refused");
    }

    private static Laurel done(Laurel laurel) {
        assertThat(laurel.exit()).as(laurel.toString()).isZero();
        assertThat(laurel.err()).isEmpty();
        return laurel;
    }

    /** As Git stores them, each with its tree, without what time and the time before make of them. */
    private String commits(Path bare) throws Exception {
        return run("sh", "-c", "git -C '" + bare + "' rev-list --reverse main | git -C '" + bare + "' cat-file --batch")
                .replaceAll("(?m)^[0-9a-f]{40} commit \\d+$", "commit")
                .replaceAll("(?m)^parent [0-9a-f]{40}$", "parent")
                .replaceAll("(?m)^((author|committer) .*>) \\d+ ", "$1 time ")
                .replaceAll("(?m)^gpgsig .*\\R( .*\\R)+", "gpgsig\n");
    }

    /** A command of a person whose machine says nothing. */
    private String run(String... command) throws IOException, InterruptedException {
        Path home = Files.createDirectories(folder.resolve("nobody"));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT_") || name.equals("GNUPGHOME"));
        builder.environment()
                .putAll(Map.of(
                        "HOME", home.toString(),
                        "GIT_CONFIG_NOSYSTEM", "1",
                        "GIT_AUTHOR_NAME", "Alice",
                        "GIT_AUTHOR_EMAIL", "alice@laurel.example",
                        "GIT_COMMITTER_NAME", "Alice",
                        "GIT_COMMITTER_EMAIL", "alice@laurel.example"));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor())
                .as("%s printed: %s", List.of(command), output)
                .isZero();
        return output;
    }
}
