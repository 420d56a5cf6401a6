package dev.laurel.registry;

import static dev.laurel.registry.Showcase.ALICE;
import static dev.laurel.registry.Showcase.PASS;
import static dev.laurel.registry.Showcase.PRODUCTION;
import static dev.laurel.registry.Showcase.SPY;
import static dev.laurel.registry.Showcase.TRAINER;
import static dev.laurel.registry.Showcase.v;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.git.host.Access;
import dev.laurel.git.host.Location;
import dev.laurel.git.serve.ServerAccess;
import dev.laurel.model.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * All that a registry does, on Git hosts of several kinds and from caches that are cold. Long since each host has to do the same, which is
 * written once.
 */
class RemoteRegistryTest {
    private static final String TOKEN = "not-a-real-secret-0123456789";

    @TempDir
    Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private <T extends AutoCloseable> T closing(T resource) {
        open.add(0, resource);
        return resource;
    }

    private Registry open(Location where, String cache, Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("LAUREL_CACHE", folder.resolve(cache).toString());
        return closing(Registry.open(where, Access.of(all)));
    }

    private Registry open(HttpShowcase http, String cache) {
        return open(Location.parse(http.url()), cache, Map.of());
    }

    @Test
    void overHttpToTheEmbeddedServer() {
        HttpShowcase http = closing(HttpShowcase.in(folder));
        doesEverything(http.showcase(), Location.parse(http.url()), Map.of());
    }

    @Test
    void overHttpWithATokenForReadsToo() throws IOException {
        HttpShowcase http = closing(HttpShowcase.in(folder, ServerAccess.token(TOKEN, true)));
        Path file = Files.writeString(folder.resolve("token"), TOKEN + "\n");
        doesEverything(http.showcase(), Location.parse(http.url()), Map.of("LAUREL_GIT_TOKEN_FILE", file.toString()));
    }

    @Test
    void overHttpToCGitsOwnServer() {
        HttpShowcase http = closing(HttpShowcase.ofCGit(folder));
        doesEverything(http.showcase(), Location.parse(http.url()), Map.of());
    }

    @Test
    void overHttpToAServerThatKnowsNoFilters() {
        HttpShowcase http = closing(HttpShowcase.ofCGit(folder));
        CommandLine.in(folder.resolve("work"))
                .at(http.showcase().bare())
                .run("git", "config", "uploadpack.allowFilter", "false");
        doesEverything(http.showcase(), Location.parse(http.url()), Map.of());
    }

    @Test
    void overSsh() {
        SshShowcase ssh = closing(SshShowcase.in(folder, List.of("GIT_PROTOCOL")));
        doesEverything(ssh.http().showcase(), ssh.location(), ssh.environment());
    }

    @Test
    void overSshToAServerOfTheOldProtocolThatSendsNoSingleObjects() {
        SshShowcase ssh = closing(SshShowcase.in(folder, List.of()));
        doesEverything(ssh.http().showcase(), ssh.location(), ssh.environment());
    }

    private void doesEverything(Showcase host, Location where, Map<String, String> environment) {
        Registry remote = open(where, "cache", environment);
        assertThat(remote.register(new Showcase.TextDraft("model 1"), TRAINER))
                .isInstanceOf(Registration.Registered.class);
        remote.register(new Showcase.TextDraft("model 2"), TRAINER);
        remote.promote(PRODUCTION, SPY, v(1), PASS, TRAINER);
        remote.promote(PRODUCTION, SPY, v(2), PASS, TRAINER);
        remote.rollBack(PRODUCTION, SPY, null, "odd answers", ALICE);

        Revision head = host.registry().head();
        assertThat(host.pin().version()).isEqualTo(v(1));
        assertThat(host.held()).isTrue();
        assertThat(host.registry().fetch(Digest.of("model 2".getBytes(UTF_8)), 7))
                .isEqualTo("model 2".getBytes(UTF_8));

        Registry cold = open(where, "another", environment);
        assertThat(cold.head().commit()).isEqualTo(head.commit());
        assertThat(cold.head().pin(PRODUCTION, SPY)).isEqualTo(head.pin(PRODUCTION, SPY));
        assertThat(cold.head().hold(PRODUCTION, SPY)).isEqualTo(head.hold(PRODUCTION, SPY));
        assertThat(cold.head().events(SPY, null, 100))
                .isEqualTo(head.events(SPY, null, 100))
                .hasSize(5);
        assertThat(cold.head().registration(SPY, v(1))).isEqualTo(head.registration(SPY, v(1)));
        assertThat(cold.at(head.commit().substring(0, 10)).commit()).isEqualTo(head.commit());
        assertThat(cold.at("main~2").pin(PRODUCTION, SPY).orElseThrow().version())
                .isEqualTo(v(1));
        assertThat(cold.at(head.origin().time()).commit()).isEqualTo(head.commit());
        assertThat(cold.fetch(Digest.of("model 1".getBytes(UTF_8)), 7)).isEqualTo("model 1".getBytes(UTF_8));
        cold.release(PRODUCTION, SPY, ALICE);
        assertThat(host.held()).isFalse();

        Verification verified = open(where, "third", environment).verify(null, null, (what, done, total) -> {});
        assertThat(verified.faults()).isEmpty();
        assertThat(verified).isEqualTo(host.registry().verify(null, null, (what, done, total) -> {}));
        assertThat(CommandLine.in(folder.resolve("work")).at(host.bare()).run("git", "fsck", "--strict"))
                .doesNotContain("error", "warning");
    }

    @Test
    void aReadFetchesTheFilesThatItReadsAndNoOthers() {
        HttpShowcase http = closing(HttpShowcase.in(folder));
        http.showcase().withVersions(12).promote(1);
        Revision remote = open(http, "cache").head();

        assertThat(remote.newest(SPY)).contains(v(12));
        assertThat(remote.pin(PRODUCTION, SPY)).isPresent();
        remote.hold(PRODUCTION, SPY);
        assertThat(blobs(mirror("cache"))).containsExactlyInAnyOrder("laurel.yaml", "model.yaml", "champion.yaml");

        remote.report(SPY, v(7));
        assertThat(blobs(mirror("cache")))
                .containsExactlyInAnyOrder("laurel.yaml", "model.yaml", "champion.yaml", "report.yaml");
    }

    @Test
    void whatAServerFetchesToStartDoesNotGrowWithTheNumberOfVersions() {
        HttpShowcase http = closing(HttpShowcase.in(folder));
        http.showcase().withVersions(1).promote(1);
        long atOne = bytesToStart(http, "one");
        http.showcase().withVersions(101);
        long atMany = bytesToStart(http, "many");

        // In bytes; a model of 1 MB comes on top of both.
        assertThat(atMany - atOne).isLessThan(100 * 60);
    }

    private long bytesToStart(HttpShowcase http, String cache) {
        Registry registry = open(http, cache);
        Revision head = registry.head();
        head.models().forEach(model -> {
            assertThat(head.objection(PRODUCTION, model)).isEmpty();
            var pin = head.pin(PRODUCTION, model).orElseThrow();
            head.record(model, pin.version());
            registry.fetch(pin.digest(), pin.size());
        });
        try (Stream<Path> files = Files.walk(mirror(cache).resolve("objects"))) {
            return files.filter(file -> file.toString().endsWith(".pack"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path mirror(String cache) {
        try (Stream<Path> mirrors = Files.list(folder.resolve(cache).resolve("mirrors"))) {
            return mirrors.findFirst().orElseThrow();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** By their beginning, since names are in trees. */
    private List<String> blobs(Path mirror) {
        CommandLine git = CommandLine.in(folder.resolve("work")).at(mirror);
        return git.run("git", "cat-file", "--batch-all-objects", "--batch-check")
                .lines()
                .filter(line -> line.contains(" blob "))
                .map(line -> git.run("git", "cat-file", "-p", line.substring(0, 40)))
                .map(RemoteRegistryTest::kind)
                .toList();
    }

    private static String kind(String text) {
        return text.startsWith("format")
                ? "laurel.yaml"
                : text.contains("\nbeats: ") || text.contains("\nby: ")
                        ? "champion.yaml"
                        : text.contains("windows:") && text.contains("decision:")
                                ? "report.yaml"
                                : text.contains("\ntrainer:") ? "model.yaml" : text;
    }

    @Test
    void anOldCommitIsFoundByTheBeginOfItsId() {
        HttpShowcase http = closing(HttpShowcase.in(folder));
        String old = http.showcase().withVersions(1).registry().head().commit();
        http.showcase().withVersions(3);

        assertThat(open(http, "cache").at(old.substring(0, 10)).newest(SPY)).contains(v(1));
    }

    @Test
    void aMirrorThatLivesLongStaysSmall() throws IOException {
        HttpShowcase http = closing(HttpShowcase.in(folder));
        http.showcase().withVersions(1).promote(1);
        Registry follower = open(Location.parse(http.url()), "cache", Map.of("LAUREL_POLL", "1ms"));
        Path mirror = mirror("cache");
        Path ofAKilledProcess = mirror.resolve("unfinished/git-1");
        Path neverFinished = mirror.resolveSibling("." + mirror.getFileName() + "-" + UUID.randomUUID());
        Path ofAnother = mirror.resolve("unfinished/git-2");
        leave(ofAKilledProcess, Duration.ofDays(2));
        leave(neverFinished, Duration.ofDays(2));
        leave(ofAnother, Duration.ofMinutes(20));
        for (int number = 2; number <= 30; number++) {
            http.showcase().withVersions(number).promote(number);
            assertThat(follower.head().pin(PRODUCTION, SPY).orElseThrow().version())
                    .isEqualTo(v(number));
        }

        try (Stream<Path> packs = Files.list(mirror.resolve("objects/pack"))) {
            assertThat(packs.filter(file -> file.toString().endsWith(".pack")).count())
                    .isLessThan(60);
        }
        assertThat(follower.at("main~20").newest(SPY)).contains(v(20));
        assertThat(CommandLine.in(folder.resolve("work")).at(mirror).run("git", "count-objects", "-v"))
                .contains("garbage: 0");
        assertThat(ofAKilledProcess).doesNotExist();
        assertThat(neverFinished).doesNotExist();
        assertThat(ofAnother).exists();
    }

    private static void leave(Path folder, Duration ago) throws IOException {
        Path file = Files.writeString(Files.createDirectories(folder).resolve("config"), "[core]");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(ago)));
        Files.setLastModifiedTime(folder, FileTime.from(Instant.now().minus(ago)));
    }

    @Test
    void aPushThatTheHostRefusesIsToldInItsWords() throws IOException {
        HttpShowcase http = closing(HttpShowcase.ofCGit(folder));
        Path hook = Files.writeString(
                http.showcase().bare().resolve("hooks/pre-receive"), "#!/bin/sh\necho 'not on a Friday'\nexit 1\n");
        assertThat(hook.toFile().setExecutable(true)).isTrue();
        Registry remote = open(http, "cache");

        assertThatThrownBy(() -> remote.register(new Showcase.TextDraft("model 1"), TRAINER))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("refused by the Git host: pre-receive hook declined; not on a Friday")
                .hasMessageContaining("nothing was registered");
    }

    @Test
    void anEmptyRepositoryIsLaidDown() throws IOException {
        HttpShowcase http = closing(HttpShowcase.ofCGit(folder));
        CommandLine git = CommandLine.in(folder.resolve("work"));
        Path empty = http.showcase().bare().resolveSibling("empty.git");
        git.run("git", "init", "--quiet", "--bare", empty.toString());
        git.at(empty).run("git", "config", "http.receivepack", "true");
        Location where = Location.parse(http.url().replace("models.git", "empty.git"));
        Access access = Access.of(Map.of("LAUREL_CACHE", folder.resolve("cache").toString()));

        assertThatThrownBy(() -> Registry.open(where, access))
                .hasMessageContaining("no laurel.yaml on main (lay it down with `laurel init`)");
        try (Registry registry = Registry.create(where, access, Beginning.with(Showcase.definitions()), ALICE)) {
            assertThat(registry.head().models()).containsExactly(SPY);
        }
        assertThat(git.at(empty).run("git", "log", "--format=%an %s", "main"))
                .isEqualTo("Alice Lay down the models repository\n");
        assertThatThrownBy(() -> Registry.create(where, access, Beginning.with(Showcase.definitions()), ALICE))
                .hasMessageContaining("has a branch main already");
    }

    @Test
    void cGitAndGitLfsBringTheTokenToo() throws IOException {
        HttpShowcase http = closing(HttpShowcase.in(folder, ServerAccess.token(TOKEN, true)));
        http.showcase().withVersions(1);
        CommandLine git = CommandLine.in(folder.resolve("work"));
        assertThat(git.tryRun("git", "clone", http.url(), "none").exit()).isNotZero();
        String url = http.url().replace("http://", "http://anybody:" + TOKEN + "@");
        git.run("git", "clone", "--quiet", url, "clone");
        CommandLine clone = git.at(folder.resolve("work/clone"));
        clone.run("git", "lfs", "pull", "-I", "*", "-X", "");
        clone.run("git", "lfs", "fsck");
        Files.writeString(clone.folder().resolve("README.md"), "Ours\n");
        clone.run("git", "commit", "--quiet", "-am", "Say whose it is");
        clone.run("git", "push");

        assertThat(http.showcase().registry().head().origin().subject()).isEqualTo("Say whose it is");
    }

    @Test
    void aServerWithoutATokenForThemTakesNoPushesFromOthers() {
        HttpShowcase http = closing(HttpShowcase.in(folder, ServerAccess.readOnly()));
        Registry remote = open(http, "cache");

        assertThat(remote.head().models()).containsExactly(SPY);
        assertThatThrownBy(() -> remote.register(new Showcase.TextDraft("model 1"), TRAINER))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("403: this server takes no pushes");
    }

    @Test
    void aTokenIsAskedForByItsName() {
        HttpShowcase http = closing(HttpShowcase.in(folder, ServerAccess.token(TOKEN, false)));
        Registry reader = open(http, "cache");

        assertThatThrownBy(() -> reader.register(new Showcase.TextDraft("model 1"), TRAINER))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("401")
                .hasMessageContaining("LAUREL_GIT_TOKEN")
                .hasMessageNotContaining(TOKEN);
        assertThatThrownBy(() -> open(Location.parse(http.url()), "wrong", Map.of("LAUREL_GIT_TOKEN", "wrong"))
                        .promote(PRODUCTION, SPY, v(1), "because", ALICE))
                .isInstanceOf(RegistryException.class);
    }

    @Test
    void aHostWhoseKeyIsNotKnownIsRefused() throws IOException {
        SshShowcase ssh = closing(SshShowcase.in(folder, List.of()));
        Map<String, String> environment = new HashMap<>(ssh.environment());
        Path empty = Files.createFile(folder.resolve("known"));
        environment.put("LAUREL_SSH_KNOWN_HOSTS", empty.toString());

        assertThatThrownBy(() -> open(ssh.location(), "cache", environment))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("host key SHA256:")
                .hasMessageContaining("no key of this host is in " + empty);
        Files.writeString(
                empty,
                "[127.0.0.1]:%d %s"
                        .formatted(
                                ssh.server().getPort(),
                                Files.readString(ssh.keys().resolve("mallory.pub"))));
        assertThatThrownBy(() -> open(ssh.location(), "cache", environment))
                .hasMessageContaining("another one of this host is in " + empty);
        assertThat(empty)
                .content()
                .doesNotContain(Files.readString(ssh.keys().resolve("host.pub")).split(" ")[1]);
    }

    @Test
    void aKeyThatTheHostDoesNotKnowIsToldSo() {
        SshShowcase ssh = closing(SshShowcase.in(folder, List.of()));
        Map<String, String> environment = new HashMap<>(ssh.environment());
        environment.put("LAUREL_SSH_KEY", ssh.keys().resolve("mallory").toString());

        assertThatThrownBy(() -> open(ssh.location(), "cache", environment))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("LAUREL_SSH_KEY");
        environment.remove("LAUREL_SSH_KEY");
        assertThatThrownBy(() -> open(ssh.location(), "cache", environment))
                .hasMessageContaining("LAUREL_SSH_KEY: missing (expected: the file of a private key");
    }

    @Test
    void proposesAndWithdraws() {
        HttpShowcase http = closing(HttpShowcase.in(folder));
        Showcase showcase = http.showcase().withVersions(2);
        showcase.promote(1);
        try (Registry remote = open(http, "cache");
                Registry another = open(http, "another")) {
            Promotion first = remote.propose(PRODUCTION, SPY, v(2), PASS, TRAINER);
            assertThat(first).isInstanceOf(Promotion.Proposed.class);
            PinProposal proposal = ((Promotion.Proposed) first).proposal();
            assertThat(showcase.registry().proposals(PRODUCTION, SPY)).containsExactly(proposal);
            assertThat(another.proposals(PRODUCTION, SPY)).containsExactly(proposal);

            showcase.withVersions(3);
            assertThat(another.propose(PRODUCTION, SPY, v(2), PASS, TRAINER))
                    .isEqualTo(new Promotion.Proposed(proposal, false, List.of()));

            showcase.rollBack();
            showcase.registry().release(PRODUCTION, SPY, ALICE);
            Promotion again = another.propose(PRODUCTION, SPY, v(2), PASS, TRAINER);
            assertThat(again).isInstanceOfSatisfying(Promotion.Proposed.class, rebuilt -> {
                assertThat(rebuilt.written()).isTrue();
                assertThat(showcase.registry().proposals(PRODUCTION, SPY)).containsExactly(rebuilt.proposal());
                assertThat(remote.withdraw(proposal)).isFalse();
                assertThat(remote.withdraw(rebuilt.proposal())).isTrue();
            });
            assertThat(showcase.registry().proposals(PRODUCTION, SPY)).isEmpty();
            assertThat(another.proposals(PRODUCTION, SPY)).isEmpty();
        }
    }
}
