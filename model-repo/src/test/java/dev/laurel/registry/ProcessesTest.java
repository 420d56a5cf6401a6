package dev.laurel.registry;

import static dev.laurel.registry.showcase.Showcase.PRODUCTION;
import static dev.laurel.registry.showcase.Showcase.SPY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import dev.laurel.registry.showcase.CommandLine;
import dev.laurel.registry.showcase.HttpShowcase;
import dev.laurel.registry.showcase.MemoryFolder;
import dev.laurel.registry.showcase.Showcase;
import dev.laurel.registry.showcase.WriterProcess;
import dev.laurel.registry.showcase.WriterProcess.Task;
import dev.laurel.registry.view.PinChange;
import dev.laurel.registry.view.Revision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Processes that write one repository at once: each ref write states what it expects, so that nothing is lost and nothing doubled.
 * {@code -Dlaurel.registrations=25} has each process register that many.
 */
class ProcessesTest {
    private static final int PROCESSES = 8;
    private static final int EACH = Integer.getInteger("laurel.registrations", 3);

    private static final List<WriterProcess> WRITERS = new ArrayList<>();

    @TempDir(factory = MemoryFolder.class)
    Path folder;

    @BeforeAll
    static void start() {
        for (int i = 0; i < PROCESSES; i++) {
            WRITERS.add(WriterProcess.start());
        }
    }

    @AfterAll
    static void stop() throws IOException {
        for (WriterProcess writer : WRITERS) {
            writer.close();
        }
    }

    /** How the writers come to the repository. */
    enum Over {
        FILE,
        HTTP
    }

    @ParameterizedTest
    @EnumSource
    void eightProcessesRegisterVersionsWithoutGapOrDouble(Over over) throws Exception {
        // They are more than retention would leave in the tree.
        try (HttpShowcase http = HttpShowcase.serve(Showcase.in(folder, "off"))) {
            Showcase showcase = http.showcase();
            write(http, over, Task.REGISTER, List.of(SPY), EACH);

            List<Version> expected = IntStream.rangeClosed(1, PROCESSES * EACH)
                    .mapToObj(Showcase::v)
                    .toList();
            assertThat(showcase.registry().head().versions(SPY)).isEqualTo(expected);
            expectEachOnce(showcase, SPY, expected);
            expectClean(showcase);
        }
    }

    @ParameterizedTest
    @EnumSource
    void registrationsOfDifferentModelsDoNotTroubleEachOther(Over over) throws Exception {
        List<ModelName> models = IntStream.range(0, PROCESSES)
                .mapToObj(i -> new ModelName("model-" + i))
                .toList();
        try (HttpShowcase http = HttpShowcase.serve(Showcase.in(folder, models))) {
            Showcase showcase = http.showcase();
            write(http, over, Task.REGISTER, models, 2);

            List<Version> expected =
                    IntStream.rangeClosed(1, 2).mapToObj(Showcase::v).toList();
            for (ModelName model : models) {
                assertThat(showcase.registry().head().versions(model)).isEqualTo(expected);
            }
            expectClean(showcase);
        }
    }

    @ParameterizedTest
    @EnumSource
    void inTheWholeHistoryAPinBeatsThePinBefore(Over over) throws Exception {
        try (HttpShowcase http = HttpShowcase.in(folder)) {
            Showcase showcase = http.showcase();
            write(http, over, Task.REGISTER_AND_PROMOTE, List.of(SPY), 3);

            List<PinChange> changes = showcase.registry().head().changes(PRODUCTION, SPY, 1000);
            assertThat(changes).isNotEmpty().allSatisfy(change -> {
                assertThat(change.direction()).isEqualTo(PinChange.Direction.RAISED);
                assertThat(Objects.requireNonNull(change.after()).beats())
                        .isEqualTo(
                                change.before() == null ? null : change.before().version());
            });
            // The newest version is promoted by whoever registered it, whatever the others do.
            assertThat(showcase.pin().version()).isEqualTo(Showcase.v(PROCESSES * 3));
            expectClean(showcase);
        }
    }

    private void write(HttpShowcase http, Over over, Task task, List<ModelName> models, int each) throws Exception {
        String location =
                over == Over.HTTP ? http.url() : http.showcase().bare().toString();
        for (int i = 0; i < PROCESSES; i++) {
            // Each mirror has several writers.
            Path cache = folder.resolve("cache-" + i % 2);
            WRITERS.get(i).begin(location, cache, task, models.get(i % models.size()), "writer " + i, each);
        }
        for (WriterProcess writer : WRITERS) {
            writer.awaitDone();
        }
    }

    /** Each writer's bytes are those of one version. */
    private static void expectEachOnce(Showcase showcase, ModelName model, List<Version> versions) {
        Revision head = showcase.registry().head();
        SortedSet<String> texts = new TreeSet<>();
        for (Version version : versions) {
            var file = head.record(model, version).modelFile();
            texts.add(new String(showcase.registry().fetch(file.digest(), file.size()), UTF_8));
        }
        assertThat(texts)
                .hasSize(PROCESSES * EACH)
                .allMatch(text -> text.matches("writer [0-" + (PROCESSES - 1) + "] [0-9]+"));
    }

    private static void expectClean(Showcase showcase) {
        assertThat(showcase.registry()
                        .verify(null, null, (what, done, total) -> {})
                        .faults())
                .isEmpty();
        CommandLine.in(showcase.bare()).run("git", "fsck", "--strict");
    }
}
