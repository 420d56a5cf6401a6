package dev.laurel.registry;

import static dev.laurel.registry.Showcase.SPY;
import static dev.laurel.registry.Showcase.TRAINER;
import static dev.laurel.registry.Showcase.v;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.git.collect.Garbage;
import dev.laurel.git.disk.Watch;
import dev.laurel.git.lfs.LfsPointer;
import dev.laurel.git.lfs.LfsSweep.Kept;
import dev.laurel.git.lfs.LfsSweep.Unneeded;
import dev.laurel.model.Digest;
import dev.laurel.registry.Showcase.TextDraft;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a collection of garbage removes, and above all what it does not. Long since whatever may go, and whatever must stay, is a test of
 * its own.
 */
class GarbageTest {
    private static final Duration NONE = Duration.ZERO;
    private static final Duration DAYS = Duration.ofDays(14);
    private static final Watch NOBODY = (what, done, total) -> {};

    @TempDir
    Path folder;

    Showcase showcase;

    @BeforeEach
    void create() {
        showcase = Showcase.in(folder, "{last: 2}");
    }

    @AfterEach
    void close() {
        showcase.close();
    }

    @Test
    void removesTheBytesOfVersionsThatLeftTheTreeAndPacksTheRest() throws Exception {
        showcase.withVersions(5);

        Garbage garbage = collect(NONE);

        assertThat(garbage.unneeded())
                .extracting(Unneeded::digest)
                .containsExactlyInAnyOrder(model(1), model(2), model(3));
        assertThat(garbage.keptObjects()).isEqualTo(new Kept(3, 2 * 7 + Showcase.ROWS.length));
        assertThat(garbage.size()).isEqualTo(3 * 7);
        assertThat(Files.exists(file(3))).isFalse();
        assertThat(Files.exists(file(4))).isTrue();
        Garbage.Packing packing = garbage.packing();
        assertThat(packing).isNotNull();
        assertThat(packing.before().loose()).isGreaterThan(40);
        assertThat(packing.after()).returns(0L, Garbage.Objects::loose).returns(1L, Garbage.Objects::packs);
        try (Stream<Path> packs = Files.list(showcase.bare().resolve("objects/pack"))) {
            assertThat(packs).anyMatch(file -> file.toString().endsWith(".bitmap"));
        }
        assertClean();
        assertThat(showcase.promote(5)).isInstanceOf(Promotion.Moved.class);
    }

    @Test
    void leavesOneBitmapHoweverOftenItRuns() throws Exception {
        collect(NONE);
        showcase.withVersions(2);
        collect(NONE);

        try (Stream<Path> packs = Files.list(showcase.bare().resolve("objects/pack"))) {
            assertThat(packs.filter(file -> file.toString().endsWith(".bitmap")))
                    .hasSize(1);
        }
        assertThat(CommandLine.in(showcase.bare())
                        .run("git", "rev-list", "--use-bitmap-index", "--count", "--objects", "main"))
                .doesNotContain("warning");
    }

    @Test
    void onlyLooksInADryRun() throws Exception {
        showcase.withVersions(3);
        List<Path> before = files();

        Garbage garbage = showcase.registry().collectGarbage(NONE, true, NOBODY);

        assertThat(garbage).returns(true, Garbage::dryRun).returns(null, Garbage::packing);
        assertThat(garbage.unneeded()).extracting(Unneeded::digest).containsExactly(model(1));
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void bytesStayAsLongAsTheyWereUploadedOrNeededALittleWhileAgo() throws Exception {
        put("of a commit that nobody has pushed yet");
        showcase.withVersions(3);
        Digest old = put("of a commit that nobody pushed");
        age(old, 20);
        age(model(1), 20);

        // The commit that took v1 out is young, however old the bytes are.
        assertThat(collect(DAYS).unneeded()).extracting(Unneeded::digest).containsExactly(old);
        assertThat(Files.exists(file(1))).isTrue();
    }

    @Test
    void bytesThatABranchOrATagNamesStay() throws Exception {
        CommandLine git = CommandLine.in(showcase.bare());
        showcase.withVersions(1);
        git.run("git", "branch", "promote/production/spy-direction/v1", "main");
        showcase.withVersions(2);
        showcase.withVersions(3);
        git.run("git", "-c", "user.name=A", "-c", "user.email=a@x", "tag", "-a", "-m", "release", "r2", "main~1");
        showcase.withVersions(6);

        assertThat(collect(NONE).unneeded()).extracting(Unneeded::digest).containsExactlyInAnyOrder(model(3), model(4));

        git.run("git", "branch", "-D", "promote/production/spy-direction/v1");
        git.run("git", "tag", "-d", "r2");
        assertThat(collect(NONE).unneeded()).extracting(Unneeded::digest).containsExactlyInAnyOrder(model(1), model(2));
        assertClean();
    }

    @Test
    void removesWhatKilledWritersLeft() throws Exception {
        CommandLine git = CommandLine.in(showcase.bare());
        git.run("git", "repack", "-q", "-d");
        String kept = git.run("sh", "-c", "basename objects/pack/*.pack .pack").strip();
        showcase.withVersions(1);
        git.run("git", "repack", "-q", "-d");
        String pushed = git.run("sh", "-c", "basename -a -s .pack objects/pack/*.pack | grep -v " + kept)
                .strip();
        String laidDown = "../.models.git-6c1a1a4e-58dc-4b68-8b0f-0d1f1a6f0b5e";
        String quarantine = "objects/tmp_objdir-incoming-a1b2";
        Set<String> left = new TreeSet<>(Set.of(
                laidDown + "/config",
                "HEAD.lock",
                "lfs/tmp/0123-left",
                "objects/12/tmp_obj_a1b2",
                "objects/incoming_123.idx",
                "objects/incoming_123.pack",
                "objects/noz123.tmp",
                "objects/pack/gc_1.pack_tmp",
                "objects/pack/" + pushed + ".keep",
                "objects/pack/tmp_pack_a1b2",
                quarantine + "/pack/pack-12.pack",
                "packed-refs.lock",
                "refs/heads/main.lock",
                "refs/heads/promote/production/spy-direction/v7.lock"));
        for (String file : left) {
            leave(file, "jgit receive-pack", Duration.ofDays(2));
        }
        List<String> stays = List.of(
                "../.models.git-notes",
                "../.other.git-6c1a1a4e-58dc-4b68-8b0f-0d1f1a6f0b5e/config",
                "objects/pack/" + kept + ".keep");
        for (String file : stays) {
            leave(file, "a person's own", Duration.ofDays(2));
        }
        leave("lfs/tmp/4567-running", "half of it", Duration.ofHours(1));
        for (String folder : List.of(laidDown, quarantine, quarantine + "/pack")) {
            age(showcase.bare().resolve(folder), Duration.ofDays(2));
        }
        List<String> expected = left.stream()
                .map(file -> file.startsWith(laidDown) ? laidDown : file.startsWith(quarantine) ? quarantine : file)
                .toList();
        List<Path> before = files();

        Garbage looked = showcase.registry().collectGarbage(DAYS, true, NOBODY);

        assertThat(looked.leftovers()).extracting(Garbage.Leftover::file).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(looked.leftovers()).allMatch(leftover -> leftover.size() == 17);
        assertThat(files()).isEqualTo(before);
        assertThat(collect(DAYS).leftovers()).isEqualTo(looked.leftovers());
        assertThat(expected).noneMatch(file -> Files.exists(showcase.bare().resolve(file)));
        assertThat(stays).allMatch(file -> Files.exists(showcase.bare().resolve(file)));
        assertThat(showcase.bare().resolve("lfs/tmp/4567-running")).exists();
        showcase.withVersions(2);
        assertClean();
    }

    @Test
    void whatKilledWritersLeftGoesSoonerWithAShortGraceButNeverAtOnce() throws Exception {
        leave("objects/incoming_1.pack", "an hour old", Duration.ofHours(1));
        leave("objects/incoming_2.pack", "just now", Duration.ofMinutes(1));

        assertThat(collect(Duration.ofHours(2)).leftovers()).isEmpty();
        assertThat(collect(NONE).leftovers()).containsExactly(new Garbage.Leftover("objects/incoming_1.pack", 11));
    }

    private void leave(String file, String content, Duration ago) throws IOException {
        Path path = showcase.bare().resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
        age(path, ago);
    }

    private static void age(Path path, Duration ago) throws IOException {
        Files.setLastModifiedTime(path, FileTime.from(Instant.now().minus(ago)));
    }

    @Test
    void aRegistrationInTheMiddleKeepsTheBytesThatItFoundThere() {
        showcase.withVersions(4);
        List<String> registered = new ArrayList<>();

        // Before each file is looked at, and after all of it was found to be unneeded, somebody makes the models of v1
        // and v2 again.
        Garbage garbage = showcase.registry().collectGarbage(NONE, false, (what, done, total) -> {
            if (what.equals("files") && registered.size() < 2) {
                registered.add("model " + (registered.size() + 1));
                showcase.registry().register(new TextDraft(registered.get(registered.size() - 1)), TRAINER);
            }
        });

        assertThat(garbage.unneeded()).isEmpty();
        assertThat(showcase.registry().head().record(SPY, v(5)).modelFile().digest())
                .isEqualTo(model(1));
        assertClean();
    }

    @Test
    void whoeverLooksForBytesThatAKilledCollectionPutAsideFindsThem() throws Exception {
        showcase.withVersions(2);
        Path aside = Files.createDirectories(showcase.bare().resolve("lfs/unneeded"));
        Files.move(file(1), aside.resolve(model(1).hex()));
        Files.move(file(2), aside.resolve(model(2).hex()));
        Files.writeString(aside.resolve(Digest.of("orphan".getBytes(UTF_8)).hex()), "orphan");

        assertThat(showcase.registry().fetch(model(1), 7)).isEqualTo("model 1".getBytes(UTF_8));
        collect(NONE);

        assertThat(Files.exists(file(2))).isTrue();
        assertThat(aside).isEmptyDirectory();
        assertClean();
    }

    @Test
    void losesNothingBesideWriters() throws Exception {
        int many = 40;
        try (Showcase all = Showcase.in(folder.resolve("all"), "off");
                Registry collector = Registry.open(all.bare())) {
            List<Digest> made = new ArrayList<>();
            for (int number = 1; number <= 2 * many; number++) {
                Digest digest = put(all, "model " + number);
                age(all, digest, 1);
                made.add(digest);
            }
            ExecutorService beside = Executors.newSingleThreadExecutor();
            try {
                Future<?> writer = beside.submit(() -> all.withVersions(many));
                while (!writer.isDone()) {
                    collector.collectGarbage(Duration.ofMinutes(10), false, NOBODY);
                }
                writer.get();
            } finally {
                beside.shutdown();
            }
            collector.collectGarbage(Duration.ofMinutes(10), false, NOBODY);

            assertThat(all.registry()
                            .verify(null, null, (what, done, total) -> {})
                            .faults())
                    .isEmpty();
            assertThat(made.subList(many, 2 * many))
                    .noneMatch(digest -> Files.exists(all.bare().resolve(RegistrationTest.lfsPath(digest))));
            CommandLine.in(all.bare()).run("git", "fsck", "--strict");
        }
    }

    @Test
    void anObjectOfGitThatIsNeededAgainIsYoungAgain() throws Exception {
        showcase.withVersions(1);
        Path pinned = looseObjectOf("git hash-object -w --stdin < laurel-readme", "# spy-direction v2\n");
        Files.setLastModifiedTime(pinned, FileTime.from(Instant.now().minus(Duration.ofDays(30))));

        showcase.withVersions(2);

        assertThat(Files.getLastModifiedTime(pinned).toInstant())
                .isAfter(Instant.now().minus(Duration.ofDays(1)));
    }

    private Path looseObjectOf(String command, String content) throws IOException {
        Files.writeString(showcase.bare().resolve("laurel-readme"), content);
        String id = CommandLine.in(showcase.bare()).run("sh", "-c", command).strip();
        return showcase.bare().resolve("objects").resolve(id.substring(0, 2)).resolve(id.substring(2));
    }

    @Test
    void leavesClonesAlone() {
        CommandLine git = CommandLine.in(folder.resolve("work"));
        git.run("git", "clone", "--quiet", showcase.bare().toString(), "clone");

        try (Registry clone = Registry.open(git.folder().resolve("clone"))) {
            assertThatThrownBy(() -> clone.collectGarbage(DAYS, false, NOBODY))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageStartingWith("collecting garbage: ")
                    .hasMessageContaining("a clone with a work tree, which is only read");
        }
    }

    @Test
    void onlyOneCollectsAtATime() {
        showcase.withVersions(3);
        List<String> refused = new ArrayList<>();
        showcase.registry().collectGarbage(NONE, false, (what, done, total) -> {
            if (refused.isEmpty()) {
                try {
                    collect(NONE);
                } catch (RegistryException e) {
                    refused.add(String.valueOf(e.getMessage()));
                }
            }
        });
        assertThat(refused)
                .singleElement()
                .asString()
                .endsWith("another process collects garbage there just now (expected: one at a time)");
    }

    private Garbage collect(Duration grace) {
        return showcase.registry().collectGarbage(grace, false, NOBODY);
    }

    private Digest put(String text) throws IOException {
        return put(showcase, text);
    }

    private static Digest put(Showcase to, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        LfsPointer pointer = new LfsPointer(Digest.of(bytes), bytes.length);
        to.registry().repository().lfs().receive(pointer, new ByteArrayInputStream(bytes));
        return pointer.digest();
    }

    private void age(Digest digest, int days) throws IOException {
        age(showcase, digest, days);
    }

    private static void age(Showcase of, Digest digest, int days) throws IOException {
        Files.setLastModifiedTime(
                of.bare().resolve(RegistrationTest.lfsPath(digest)),
                FileTime.from(Instant.now().minus(Duration.ofDays(days))));
    }

    private static Digest model(int number) {
        return Digest.of(("model " + number).getBytes(UTF_8));
    }

    private Path file(int number) {
        return showcase.bare().resolve(RegistrationTest.lfsPath(model(number)));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(showcase.bare())) {
            return files.sorted().toList();
        }
    }

    private void assertClean() {
        assertThat(showcase.registry()
                        .verify(null, null, (what, done, total) -> {})
                        .faults())
                .isEmpty();
        CommandLine git = CommandLine.in(showcase.bare());
        git.run("git", "fsck", "--strict");
        git.run("git", "lfs", "fsck", "main");
    }
}
