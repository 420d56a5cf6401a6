package dev.laurel.registry.change;

import static dev.laurel.registry.showcase.Showcase.SPY;
import static dev.laurel.registry.showcase.Showcase.TRAINER;
import static dev.laurel.registry.showcase.Showcase.v;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.model.Digest;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import dev.laurel.model.VersionRecord;
import dev.laurel.registry.Registry;
import dev.laurel.registry.layout.Layout;
import dev.laurel.registry.outcome.Draft;
import dev.laurel.registry.outcome.Promotion;
import dev.laurel.registry.outcome.Registration;
import dev.laurel.registry.outcome.RegistryException;
import dev.laurel.registry.showcase.CommandLine;
import dev.laurel.registry.showcase.Showcase;
import dev.laurel.registry.showcase.Showcase.TextDraft;
import dev.laurel.registry.view.Revision;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistrationTest {
    @TempDir
    Path folder;

    Showcase showcase;

    @BeforeEach
    void create() {
        showcase = Showcase.in(folder);
    }

    @AfterEach
    void close() {
        showcase.close();
    }

    @Test
    void theFilesOfARegistryStandWhereTheDesignSays() throws Exception {
        showcase.withVersions(2);
        showcase.promote(1);
        showcase.promote(2);
        showcase.rollBack();
        showcase.registry().release(Showcase.PRODUCTION, SPY, Showcase.ALICE);
        CommandLine git = CommandLine.in(showcase.bare());

        assertThat(git.run("git", "ls-tree", "-r", "--name-only", "main"))
                .isEqualTo(new String(Showcase.resource("/golden/layout.txt"), UTF_8));
        assertThat(git.run("git", "show", "main:models/spy-direction/versions/00/v1/version.yaml"))
                .isEqualTo(new String(Showcase.resource("/golden/version.yaml"), UTF_8));
        assertThat(git.run("git", "show", "main~2:environments/production/spy-direction/champion.yaml"))
                .isEqualTo(new String(Showcase.resource("/golden/champion.yaml"), UTF_8));
        assertThat(git.run("git", "show", "main:laurel.yaml")).isEqualTo("format_version: 1\n");
    }

    @Test
    void aVersionIsOneCommitWithTrailersThatGitParses() throws Exception {
        showcase.withVersions(1);
        CommandLine git = CommandLine.in(showcase.bare());
        Path message = Files.writeString(folder.resolve("message"), git.run("git", "log", "-1", "--format=%B", "main"));

        assertThat(git.run("git", "log", "--format=%s", "main"))
                .isEqualTo("Register spy-direction v1\nLay down the models repository\n");
        assertThat(git.run("git", "interpret-trailers", "--parse", message.toString()))
                .isEqualTo("""
                        Laurel-Model: spy-direction
                        Laurel-Version: v1
                        Laurel-Digest: %s
                        Laurel-Record: %s
                        Laurel-Data: %s
                        """.formatted(
                                Digest.of("model 1".getBytes(UTF_8)),
                                Digest.of(Showcase.resource("/golden/version.yaml")),
                                Digest.of(new TextDraft("model 1").data())));
    }

    @Test
    void fetchesTheVeryBytes() {
        showcase.withVersions(1);
        VersionRecord record = showcase.registry().head().record(SPY, v(1));

        assertThat(showcase.registry()
                        .fetch(record.modelFile().digest(), record.modelFile().size()))
                .isEqualTo("model 1".getBytes(UTF_8));
        assertThat(showcase.registry()
                        .fetch(record.data().digest(), record.data().size()))
                .isEqualTo(new TextDraft("model 1").data());
    }

    @Test
    void registersTheSameModelFileOnce() {
        showcase.withVersions(1);
        String before = showcase.registry().head().commit();

        assertThat(showcase.registry().register(new TextDraft("model 1"), TRAINER))
                .isEqualTo(new Registration.AlreadyRegistered(v(1)));
        assertThat(showcase.registry().head().commit()).isEqualTo(before);
    }

    @Test
    void groupsVersionsByTheHundredAndCountsOn(@TempDir Path other) throws Exception {
        showcase.close();
        showcase = Showcase.in(other, "off");
        showcase.withVersions(1);
        long objectsOfTheSecond = objectsWrittenBy(() -> showcase.withVersions(2));
        showcase.withVersions(100);

        // The hundred-and-first, in a new folder, costs no more than the second did.
        assertThat(objectsWrittenBy(() -> showcase.withVersions(101))).isLessThanOrEqualTo(objectsOfTheSecond);

        Revision head = showcase.registry().head();
        assertThat(head.newest(SPY)).contains(v(101));
        assertThat(head.versions(SPY)).hasSize(101).startsWith(v(1), v(2)).endsWith(v(100), v(101));
        assertThat(Layout.version(SPY, v(7))).isEqualTo("models/spy-direction/versions/00/v7");
        assertThat(Layout.version(SPY, v(123))).isEqualTo("models/spy-direction/versions/01/v123");
        assertThat(Layout.version(SPY, v(12345))).isEqualTo("models/spy-direction/versions/123/v12345");
    }

    private long objectsWrittenBy(Runnable registration) throws Exception {
        long before = objects();
        registration.run();
        return objects() - before;
    }

    private long objects() throws Exception {
        try (Stream<Path> files = Files.walk(showcase.bare().resolve("objects"))) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    @Test
    void anUnknownModelIsNotRegistered() {
        Draft draft = new DraftOf(new ModelName("other"), Map.of());

        assertThatThrownBy(() -> showcase.registry().register(draft, TRAINER))
                .isInstanceOf(RegistryException.class)
                .hasMessageStartingWith("no model other is registered at commit ");
    }

    @Test
    void rowsThatAreNotKeptLeaveNoPointer() {
        showcase.registry().register(new DraftOf(SPY, Map.of()), TRAINER);

        assertThat(showcase.registry().head().record(SPY, v(1)).data()).isNull();
        assertThat(CommandLine.in(showcase.bare()).run("git", "ls-tree", "--name-only", "main"))
                .doesNotContain("data");
        assertThat(showcase.promote(1)).isInstanceOf(Promotion.Moved.class);
    }

    @Test
    void aDocumentStaysInItsFolder() {
        for (String name : new String[] {"../model.yaml", ".git", "version.yaml", "other.model", "a/b", "", "a b"}) {
            assertThatThrownBy(() -> showcase.registry().register(new DraftOf(SPY, Map.of(name, new byte[1])), TRAINER))
                    .as(name)
                    .hasMessageStartingWith("document: " + name + " (expected: a plain file name");
        }
        assertThat(showcase.registry().head().versions(SPY)).isEmpty();
    }

    @Test
    void aMissingOrDamagedObjectIsNamedWithARemedy() throws Exception {
        showcase.withVersions(1);
        Digest digest = Digest.of("model 1".getBytes(UTF_8));
        Path file = showcase.bare().resolve(Showcase.lfsPath(digest));

        assertFetchFails(digest, 99, "7 bytes (expected: 99 bytes)");
        Files.writeString(file, "model");
        assertFetchFails(digest, 7, "5 bytes (expected: 7 bytes)");
        Files.writeString(file, "MODEL 1");
        assertFetchFails(digest, 7, "their digest is " + Digest.of("MODEL 1".getBytes(UTF_8)));
        Files.delete(file);
        assertFetchFails(digest, 7, "missing");
    }

    private void assertFetchFails(Digest digest, long size, String problem) {
        assertThatThrownBy(() -> showcase.registry().fetch(digest, size))
                .isInstanceOf(RegistryException.class)
                .hasMessage(
                        "bytes of %s: %s (put them back with `git lfs push --object-id <remote> %s` from a clone that has them)"
                                .formatted(digest, problem, digest.hex()));
    }

    @Test
    void registeringAgainPutsDamagedBytesRight() throws Exception {
        Digest digest = Digest.of("model 1".getBytes(UTF_8));
        Path file = showcase.bare().resolve(Showcase.lfsPath(digest));
        Files.createDirectories(file.getParent());
        Files.writeString(file, "model ?");

        showcase.withVersions(1);

        assertThat(file).hasContent("model 1");
    }

    @Test
    void whatAKilledWriterLeftDoesNoHarm() throws Exception {
        Files.createDirectories(showcase.bare().resolve("lfs/tmp"));
        Files.writeString(showcase.bare().resolve("lfs/tmp/0123-left"), "mod");
        Files.writeString(showcase.bare().resolve("objects/noz123.tmp"), "x");
        Files.createDirectories(folder.resolve(".models.git-left/objects"));

        showcase.withVersions(1);

        CommandLine git = CommandLine.in(showcase.bare());
        git.run("git", "fsck", "--strict");
        try (Registry again = Registry.open(showcase.bare())) {
            assertThat(again.head().newest(SPY)).contains(v(1));
        }
    }

    private record DraftOf(ModelName model, Map<String, byte[]> files) implements Draft {
        @Override
        public byte[] modelFile() {
            return "bytes".getBytes(UTF_8);
        }

        @Override
        public byte[] data() {
            return null;
        }

        @Override
        public SortedMap<String, byte[]> documents(Version version) {
            return new TreeMap<>(files);
        }

        @Override
        public String summary() {
            return "nothing";
        }
    }
}
