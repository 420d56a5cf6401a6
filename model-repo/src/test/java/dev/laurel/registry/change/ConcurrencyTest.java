package dev.laurel.registry.change;

import static dev.laurel.registry.showcase.Showcase.PASS;
import static dev.laurel.registry.showcase.Showcase.PRODUCTION;
import static dev.laurel.registry.showcase.Showcase.SPY;
import static dev.laurel.registry.showcase.Showcase.STAGING;
import static dev.laurel.registry.showcase.Showcase.TRAINER;
import static dev.laurel.registry.showcase.Showcase.v;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.laurel.model.Version;
import dev.laurel.registry.Registry;
import dev.laurel.registry.history.CommitRevision;
import dev.laurel.registry.layout.Layout;
import dev.laurel.registry.outcome.Promotion;
import dev.laurel.registry.outcome.RegistryException;
import dev.laurel.registry.showcase.CommandLine;
import dev.laurel.registry.showcase.Showcase;
import dev.laurel.registry.view.PinChange;
import dev.laurel.registry.view.Revision;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many writers of one repository: threads of one registry, and registries that know nothing of each other. */
class ConcurrencyTest {
    private static final int EACH = 6;

    @TempDir
    Path folder;

    @Test
    void noVersionIsLostOrDoubledAndEachDocumentKnowsItsNumber() throws Exception {
        try (Showcase showcase = Showcase.in(folder);
                Registry second = Registry.open(showcase.bare());
                Registry third = Registry.open(showcase.bare())) {
            List<Registry> writers = List.of(showcase.registry(), showcase.registry(), second, third);
            List<Callable<List<Version>>> tasks = new ArrayList<>();
            for (int writer = 0; writer < writers.size(); writer++) {
                Registry registry = writers.get(writer);
                String name = "writer " + writer;
                tasks.add(() -> IntStream.range(0, EACH)
                        .mapToObj(i -> registry.register(new Showcase.TextDraft(name + " " + i), TRAINER)
                                .version())
                        .toList());
            }

            List<Version> registered = new ArrayList<>();
            atOnce(tasks).forEach(registered::addAll);

            List<Version> expected = IntStream.rangeClosed(1, writers.size() * EACH)
                    .mapToObj(Showcase::v)
                    .toList();
            assertThat(registered).containsExactlyInAnyOrderElementsOf(expected);
            Revision head = second.head();
            assertThat(head.versions(SPY)).isEqualTo(expected);
            for (Version version : expected) {
                assertThat(new String(
                                ((CommitRevision) head)
                                        .file(Layout.version(SPY, version) + "/README.md")
                                        .orElseThrow(),
                                UTF_8))
                        .isEqualTo("# spy-direction " + version + "\n");
            }
            CommandLine.in(showcase.bare()).run("git", "fsck", "--strict");
        }
    }

    @Test
    void whatEachPinBeatsIsThePinBeforeIt() throws Exception {
        try (Showcase showcase = Showcase.in(folder).withVersions(12);
                Registry second = Registry.open(showcase.bare())) {
            List<Callable<List<Promotion>>> tasks = new ArrayList<>();
            for (Registry registry : List.of(showcase.registry(), second)) {
                for (var environment : List.of(PRODUCTION, STAGING)) {
                    tasks.add(() -> IntStream.rangeClosed(1, 12)
                            .mapToObj(number -> registry.promote(environment, SPY, v(number), PASS, TRAINER))
                            .toList());
                }
            }
            atOnce(tasks);

            for (var environment : List.of(PRODUCTION, STAGING)) {
                List<PinChange> changes = new ArrayList<>(second.head().changes(environment, SPY, 100));
                Collections.reverse(changes);
                Version before = null;
                for (PinChange change : changes) {
                    assertThat(change.direction()).isEqualTo(PinChange.Direction.RAISED);
                    assertThat(Objects.requireNonNull(change.after()).beats()).isEqualTo(before);
                    before = change.after().version();
                }
                assertThat(before).isEqualTo(v(12));
            }
        }
    }

    @Test
    void aRollBackNeverStepsBackFromAChampionThatNobodySaw() throws Exception {
        try (Showcase showcase = Showcase.in(folder).withVersions(3)) {
            showcase.promote(1);
            showcase.promote(2);
            String promotion = promotedElsewhere(showcase.bare(), 3);
            Path lock = Files.createFile(showcase.bare().resolve("refs/heads/main.lock"));
            long objects = objects(showcase.bare());
            ExecutorService person = Executors.newSingleThreadExecutor();
            try {
                Future<Promotion> rollback = person.submit(showcase::rollBack);
                // The first try has seen v2 and written its commit when it finds the lock; then v3 is pinned.
                await().until(() -> objects(showcase.bare()) > objects);
                Files.writeString(lock, promotion + "\n");
                Files.move(lock, showcase.bare().resolve("refs/heads/main"), StandardCopyOption.ATOMIC_MOVE);

                assertThatThrownBy(rollback::get)
                        .hasRootCauseMessage(
                                "spy-direction in production: the champion became v3 meanwhile (look again,"
                                        + " then roll back)");
            } finally {
                person.shutdown();
            }
            assertThat(showcase.pin().version()).isEqualTo(v(3));
        }
    }

    /** The id of a promotion that stands ready in the repository but is not on main yet. */
    private String promotedElsewhere(Path bare, int version) {
        CommandLine git = CommandLine.in(bare);
        Path copy = folder.resolve("copy.git");
        git.run("cp", "-r", bare.toString(), copy.toString());
        try (Registry elsewhere = Registry.open(copy)) {
            elsewhere.promote(PRODUCTION, SPY, v(version), PASS, TRAINER);
        }
        git.run("git", "fetch", "--quiet", copy.toString(), "main");
        return git.run("git", "rev-parse", "FETCH_HEAD").strip();
    }

    private static long objects(Path bare) throws Exception {
        try (Stream<Path> files = Files.walk(bare.resolve("objects"))) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    @Test
    void aLockThatAKilledGitLeftIsNamedInsteadOfWaitedForForEver() throws Exception {
        try (Showcase showcase = Showcase.in(folder)) {
            Path lock = Files.createFile(showcase.bare().resolve("refs/heads/main.lock"));
            Files.setLastModifiedTime(lock, FileTime.from(Instant.now().minusSeconds(60)));

            assertThatThrownBy(() -> showcase.withVersions(1))
                    .isInstanceOf(RegistryException.class)
                    .hasMessage(
                            "registering a version of spy-direction: main is locked by a writer that was killed (delete "
                                    + lock + " when no program writes this repository)");

            Files.delete(lock);
            showcase.withVersions(1);
            assertThat(showcase.registry().head().newest(SPY)).contains(v(1));
        }
    }

    @Test
    void aLockThatAWriterOfOursLeftIsTakenAwayByTheNextOne() throws Exception {
        try (Showcase showcase = Showcase.in(folder)) {
            showcase.withVersions(1);
            // As a writer leaves them that is killed between its lock and the rename.
            Path next = Files.writeString(showcase.bare().resolve("laurel/main"), "0".repeat(40) + "\n");
            Path lock = Files.createLink(showcase.bare().resolve("refs/heads/main.lock"), next);

            showcase.withVersions(2);

            assertThat(showcase.registry().head().newest(SPY)).contains(v(2));
            assertThat(lock).doesNotExist();
            assertThat(next).doesNotExist();
        }
    }

    @Test
    void whatAWriterLeftThatWasKilledAfterItMovedMainIsNotWrittenTo() throws Exception {
        try (Showcase showcase = Showcase.in(folder)) {
            showcase.withVersions(1);
            Path next = Files.createLink(
                    showcase.bare().resolve("laurel/main"), showcase.bare().resolve("refs/heads/main"));
            String standing = Files.readString(next);
            // C git holds the lock, so that the next writer comes no further than to its own file.
            Path lock = Files.createFile(showcase.bare().resolve("refs/heads/main.lock"));
            Files.setLastModifiedTime(lock, FileTime.from(Instant.now().minusSeconds(60)));

            assertThatThrownBy(() -> showcase.withVersions(2)).hasMessageContaining("main is locked");

            assertThat(showcase.bare().resolve("refs/heads/main")).hasContent(standing);
            assertThat(lock).exists();
        }
    }

    private static <T> List<T> atOnce(List<Callable<T>> tasks) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(tasks)) {
                results.add(result.get());
            }
            return results;
        } finally {
            threads.shutdown();
        }
    }
}
