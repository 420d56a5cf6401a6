package dev.laurel.registry;

import static dev.laurel.registry.Showcase.ALICE;
import static dev.laurel.registry.Showcase.PRODUCTION;
import static dev.laurel.registry.Showcase.SPY;
import static dev.laurel.registry.Showcase.STAGING;
import static dev.laurel.registry.Showcase.TRAINER;
import static dev.laurel.registry.Showcase.v;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.model.Digest;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import dev.laurel.registry.Showcase.TextDraft;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a registration takes out of the tree, what stays, and what everybody else says about it. Long since each of those is a test of its
 * own.
 */
class RetentionTest {
    private static final String VERSIONS = "models/spy-direction/versions/00/";

    @TempDir
    Path folder;

    Showcase showcase;

    @BeforeEach
    void create() {
        showcase = Showcase.in(folder, "{last: 3}");
    }

    @AfterEach
    void close() {
        showcase.close();
    }

    @Test
    void keepsTheLastVersionsAndTakesTheOthersOutWhole() {
        showcase.withVersions(5);

        assertThat(versions()).containsExactly(v(3), v(4), v(5));
        CommandLine git = CommandLine.in(showcase.bare());
        assertThat(git.run(
                        "git",
                        "show",
                        "--no-renames",
                        "--name-status",
                        "--format=%(trailers:key=Laurel-Retention)",
                        "main"))
                .contains("Laurel-Retention: takes v2 out of the tree\n", "A\t" + VERSIONS + "v5/version.yaml\n")
                .contains("D\t" + VERSIONS + "v2/README.md\n", "D\t" + VERSIONS + "v2/spy-direction.model\n");
        assertThat(showcase.registry().head().newest(SPY)).contains(v(5));
        assertClean();
    }

    @Test
    void keepsFiftyWhereTheDefinitionSaysNothing(@TempDir Path other) {
        try (Showcase silent = Showcase.in(other).withVersions(52)) {
            assertThat(silent.registry().head().versions(SPY)).hasSize(50).startsWith(v(3));
        }
    }

    @Test
    void keepsChampionsAndWhatEachStepBackReturnsTo() {
        showcase.withVersions(3);
        showcase.promote(STAGING, 1);
        showcase.promote(1);
        showcase.promote(2);
        showcase.promote(3);
        showcase.withVersions(8);

        // v1 is the champion of staging, v3 of production, and a rollback returns to v2.
        assertThat(versions()).containsExactly(v(1), v(2), v(3), v(6), v(7), v(8));
        assertThat(showcase.rollBack()).isInstanceOf(Promotion.Moved.class);
        assertThat(showcase.pin().version()).isEqualTo(v(2));

        showcase.withVersions(9);

        // A rollback returns to v1 now, and a revert of the rollback to v3.
        assertThat(versions()).containsExactly(v(1), v(2), v(3), v(7), v(8), v(9));
        assertClean();
    }

    /** v5 goes on from v2, and v2 from v1; v3 goes on from nothing and leaves. */
    @Test
    void keepsWhatAKeptVersionGoesOnFrom() {
        showcase.withVersions(1);
        goOnFrom(1);
        showcase.withVersions(4);
        goOnFrom(2);
        showcase.withVersions(7);

        assertThat(versions()).containsExactly(v(1), v(2), v(5), v(6), v(7));
        assertClean();

        showcase.withVersions(8);

        assertThat(versions()).containsExactly(v(6), v(7), v(8));
        assertClean();
    }

    private void goOnFrom(int parent) {
        showcase.registry()
                .register(new Showcase.TextDraft(SPY, "goes on from " + parent, v(parent)), Showcase.TRAINER);
    }

    @Test
    void keepsWhatARollbackReturnsToAfterAPersonMovedBackByHand() {
        showcase.withVersions(4);
        showcase.promote(2);
        showcase.promote(4);
        showcase.promoteByHand(3);
        showcase.withVersions(8);

        // The pin says that v3 beat v4; a rollback from v3 goes below it, to v2.
        assertThat(versions()).containsExactly(v(2), v(3), v(4), v(6), v(7), v(8));
        showcase.rollBack();
        assertThat(showcase.pin().version()).isEqualTo(v(2));
        assertClean();
    }

    @Test
    void takesEverythingThatIsTooOldOnceItIsSwitchedOn(@TempDir Path other) {
        try (Showcase late = Showcase.in(other, "off").withVersions(8)) {
            late.promote(1);
            String definition = new String(
                    ((CommitRevision) late.registry().head())
                            .file(Layout.definition(SPY))
                            .orElseThrow(),
                    UTF_8);
            new Forgery(late.bare())
                    .branch("forged", "main")
                    .put(Layout.definition(SPY), definition.replace("retention: off", "retention: {last: 2}"))
                    .makeMain();

            late.withVersions(9);

            assertThat(late.registry().head().versions(SPY)).containsExactly(v(1), v(8), v(9));
            assertThat(CommandLine.in(late.bare()).run("git", "log", "-1", "--format=%B", "main"))
                    .contains("Laurel-Retention: takes v2..v7 (6 versions) out of the tree\n");
            assertThat(late.registry()
                            .verify(null, null, (what, done, total) -> {})
                            .faults())
                    .isEmpty();
        }
    }

    @Test
    void rowsLeaveWithTheLastVersionThatNamesThem() {
        register("a", "rows of a and b");
        register("b", "rows of a and b");
        register("c", "rows of c and f");
        register("d", "rows of d");
        assertThat(rows()).contains(data("rows of a and b"));

        register("e", "rows of e");
        assertThat(rows()).doesNotContain(data("rows of a and b")).hasSize(3);

        register("f", "rows of c and f");
        assertThat(rows()).contains(data("rows of c and f"));
        assertClean();
    }

    @Test
    void rowsOfAnotherModelStay() {
        ModelName other = new ModelName("other");
        String definition = new String(Showcase.resource("/spy-direction.yaml"), UTF_8)
                .replace("model: spy-direction", "model: other");
        new Forgery(showcase.bare())
                .branch("forged", "main")
                .put(Layout.definition(other), definition)
                .makeMain();
        register(other, "x", "rows of both");
        register("a", "rows of both");
        showcase.withVersions(5);

        assertThat(versions()).doesNotContain(v(1));
        assertThat(rows()).contains(data("rows of both"));
    }

    @Test
    void aVersionThatLeftIsToldByHistory() {
        showcase.withVersions(5);
        Revision head = showcase.registry().head();
        String message = "%s of spy-direction is not in the tree any more: %.10s took it out, and %.10s still has it"
                + " (see `laurel show spy-direction %s`)";

        Departure departure = head.departure(SPY, v(2)).orElseThrow();
        assertThat(departure)
                .returns(head.commit(), found -> found.origin().commit())
                .returns(commit("main~1"), Departure::last);
        assertThat(showcase.registry().at(departure.last()).report(SPY, v(2)).version())
                .isEqualTo(v(2));
        assertThat(head.departure(SPY, v(3))).isEmpty();
        assertThat(head.departure(SPY, v(9))).isEmpty();
        assertThatThrownBy(() -> showcase.promoteByHand(1))
                .isInstanceOf(RegistryException.class)
                .hasMessage(message, "v1", commit("main~1"), commit("main~2"), "v1");
        showcase.promote(5);
        assertThatThrownBy(() -> showcase.registry().rollBack(PRODUCTION, SPY, v(2), "was better", ALICE))
                .hasMessage(message, "v2", commit("main~1"), commit("main~2"), "v2");
    }

    @Test
    void theRollbackOfARollbackMayHaveLeft() {
        showcase.withVersions(3);
        showcase.promote(1);
        showcase.promote(2);
        showcase.promote(3);
        showcase.withVersions(6);
        assertThat(versions()).containsExactly(v(2), v(3), v(4), v(5), v(6));
        showcase.rollBack();

        assertThatThrownBy(showcase::rollBack)
                .hasMessageStartingWith("v1 of spy-direction is not in the tree any more: ");
        assertThat(showcase.pin().version()).isEqualTo(v(2));
    }

    @Test
    void verifyFindsAVersionThatRetentionWouldHaveKept() {
        showcase.withVersions(4);
        showcase.promote(2);
        String before = commit("main");
        showcase.withVersions(5);
        // The registration of v5, which takes out more than it may.
        new Forgery(showcase.bare())
                .branch("forged", "main")
                .remove(VERSIONS + "v4")
                .remove(VERSIONS + "v2")
                .make();
        CommandLine git = CommandLine.in(showcase.bare());
        String squashed = git.run(
                        "git",
                        "-c",
                        "user.name=M",
                        "-c",
                        "user.email=m@x",
                        "commit-tree",
                        "-p",
                        before,
                        "-m",
                        "x",
                        "forged^{tree}")
                .strip();

        assertThat(showcase.registry()
                        .verify(squashed, null, (what, done, total) -> {})
                        .faults())
                .extracting(fault -> fault.file() + ": " + fault.problem())
                .containsExactly(
                        VERSIONS + "v2: removed (expected: kept, since it is pinned in production)",
                        VERSIONS + "v4: removed (expected: kept, since it is one of the last 3)");
    }

    @Test
    void verifyDoesNotAskForBytesOfVersionsThatLeft() throws Exception {
        showcase.withVersions(4);
        Files.delete(showcase.bare().resolve(RegistrationTest.lfsPath(Digest.of("model 1".getBytes(UTF_8)))));
        Files.delete(showcase.bare().resolve(RegistrationTest.lfsPath(Digest.of("model 3".getBytes(UTF_8)))));

        assertThat(showcase.registry().verify(null, null, (what, done, total) -> {}))
                .returns(0, Verification::departed)
                .satisfies(now -> assertThat(now.faults())
                        .extracting(Verification.Fault::file)
                        .containsExactly(VERSIONS + "v3/spy-direction.model"));
        assertThat(showcase.registry().verify("main~1", null, (what, done, total) -> {}))
                .returns(1, Verification::departed)
                .satisfies(then -> assertThat(then.faults()).hasSize(1));
    }

    @Test
    void aPushMayBringARegistrationWithWhatItTakesOut(@TempDir Path served) throws Exception {
        try (HttpShowcase http =
                HttpShowcase.serve(Showcase.in(served, "{last: 3}").withVersions(4))) {
            http.showcase().promote(4);
            CommandLine elsewhere = copy(http.showcase().bare());
            try (Registry copy = Registry.open(elsewhere.folder())) {
                copy.register(new TextDraft("model 5"), TRAINER);
                elsewhere.run("cp", "-r", "lfs", http.showcase().bare().toString());
            }
            elsewhere.run("git", "push", "--quiet", http.url(), "main");
            assertThat(http.showcase().registry().head().versions(SPY)).containsExactly(v(3), v(4), v(5));

            new Forgery(elsewhere.folder())
                    .branch("forged", "main")
                    .remove(VERSIONS + "v3")
                    .makeMain();
            assertThat(elsewhere.tryRun("git", "push", http.url(), "main").output())
                    .contains(
                            "v3: removed (expected: kept, since only the registration of a newer version takes older ones out)");
        }
    }

    @Test
    void aPushMayNotPinWhatHasLeft(@TempDir Path served) {
        try (HttpShowcase http =
                HttpShowcase.serve(Showcase.in(served, "{last: 3}").withVersions(3))) {
            http.showcase().promote(1);
            http.showcase().promote(2);
            CommandLine clone = http.cloned();
            http.showcase().promote(3);
            http.showcase().withVersions(5);
            clone.run("git", "pull", "--quiet");
            clone.run("git", "checkout", "--quiet", "HEAD~4", "--", "environments");

            clone.run("git", "commit", "--quiet", "-m", "Back to v1");
            assertThat(clone.tryRun("git", "push").output())
                    .contains("champion.yaml: version: v1 of spy-direction (expected: one in the tree; ");
        }
    }

    private CommandLine copy(Path bare) {
        CommandLine git = CommandLine.in(bare);
        Path copy = folder.resolve("copy.git");
        git.run("cp", "-r", bare.toString(), copy.toString());
        return git.at(copy);
    }

    private List<Version> versions() {
        return showcase.registry().head().versions(SPY);
    }

    private List<String> rows() {
        return CommandLine.in(showcase.bare())
                .run("git", "ls-tree", "-r", "--name-only", "main", "data")
                .lines()
                .toList();
    }

    private static String data(String rows) {
        return Layout.data(Digest.of(rows.getBytes(UTF_8)));
    }

    private void register(String text, String rows) {
        register(SPY, text, rows);
    }

    private void register(ModelName model, String text, String rows) {
        showcase.registry().register(new OwnRows(model, text, rows), TRAINER);
    }

    private String commit(String revision) {
        return CommandLine.in(showcase.bare()).run("git", "rev-parse", revision).strip();
    }

    private void assertClean() {
        assertThat(showcase.registry()
                        .verify(null, null, (what, done, total) -> {})
                        .faults())
                .isEmpty();
        CommandLine.in(showcase.bare()).run("git", "fsck", "--strict");
    }

    /** A version with rows of its own and nothing but a card. */
    private record OwnRows(ModelName model, String text, String rows) implements Draft {
        @Override
        public byte[] modelFile() {
            return text.getBytes(UTF_8);
        }

        @Override
        public byte[] data() {
            return rows.getBytes(UTF_8);
        }

        @Override
        public SortedMap<String, byte[]> documents(Version version) {
            return new TreeMap<>();
        }

        @Override
        public String summary() {
            return text;
        }
    }
}
