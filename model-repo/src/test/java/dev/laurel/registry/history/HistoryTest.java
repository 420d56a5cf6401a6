package dev.laurel.registry.history;

import static dev.laurel.registry.showcase.Showcase.ALICE;
import static dev.laurel.registry.showcase.Showcase.BOOTSTRAP;
import static dev.laurel.registry.showcase.Showcase.PRODUCTION;
import static dev.laurel.registry.showcase.Showcase.SPY;
import static dev.laurel.registry.showcase.Showcase.STAGING;
import static dev.laurel.registry.showcase.Showcase.TRAINER;
import static dev.laurel.registry.showcase.Showcase.v;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.model.Environment;
import dev.laurel.model.Pin;
import dev.laurel.registry.outcome.Promotion;
import dev.laurel.registry.showcase.CommandLine;
import dev.laurel.registry.showcase.Showcase;
import dev.laurel.registry.view.Event;
import dev.laurel.registry.view.Origin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the history of main tells: what happened to a model, and what stood at some commit or time. Long since each turn that a history can
 * take is a test of its own.
 */
class HistoryTest {
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
    void listsAllThatHappenedToAModelNewestFirst() {
        showcase.withVersions(2);
        showcase.promote(1);
        showcase.promote(STAGING, 2);
        showcase.promoteByHand(2);
        showcase.rollBack();
        showcase.registry().release(PRODUCTION, SPY, ALICE);

        assertThat(events(null))
                .containsExactly(
                        "released in production by Alice: Automation may promote again; the hold came from %s."
                                .formatted(showcase.registry()
                                        .head()
                                        .changes(PRODUCTION, SPY, 1)
                                        .get(0)
                                        .commit()),
                        "lowered in production to v1 by Alice: odd answers since noon",
                        "raised in production to v2 by Alice: looks better on the desk",
                        "raised in staging to v2 by Laurel trainer: accuracy 0.5830",
                        "raised in production to v1 by Laurel trainer: accuracy 0.5830",
                        "registered v2 by Laurel trainer: accuracy 0.5833 on 60 rows",
                        "registered v1 by Laurel trainer: accuracy 0.5833 on 60 rows");
        assertThat(events(STAGING)).containsExactly("raised in staging to v2 by Laurel trainer: accuracy 0.5830");
        assertThat(showcase.registry().head().events(SPY, null, 2)).hasSize(2);
    }

    @Test
    void aPlainRevertIsARollbackAndARevertedReleaseHoldsAgain() {
        showcase.withVersions(2);
        showcase.promote(1);
        showcase.promote(2);
        CommandLine git = cloned();
        git.run("git", "revert", "--no-edit", "HEAD");
        push(git);
        showcase.registry().release(PRODUCTION, SPY, ALICE);
        git.run("git", "pull", "--quiet", "--ff-only");
        git.run("git", "revert", "--no-edit", "HEAD");
        push(git);

        assertThat(events(PRODUCTION).subList(0, 3))
                .satisfiesExactly(
                        again -> assertThat(again)
                                .isEqualTo(
                                        "held again in production by Alice: Revert \"Release spy-direction in production\""),
                        released -> assertThat(released).startsWith("released in production by Alice"),
                        lowered -> assertThat(lowered)
                                .isEqualTo(
                                        "lowered in production to v1 by Alice: Revert \"Promote spy-direction v2 in production\""));
    }

    @Test
    void aMergeIsOneEventAndSoIsWhatItBringsTogether() {
        showcase.withVersions(1);
        CommandLine git = cloned();
        git.run("git", "checkout", "--quiet", "-b", "proposal");
        git.run("git", "commit", "--quiet", "--allow-empty", "-m", "Think about it");
        showcase.promote(1);
        git.run("git", "pull", "--quiet", "--no-rebase", "--no-edit", "origin", "main");
        git.run("git", "checkout", "--quiet", "main");
        git.run("git", "merge", "--quiet", "--no-ff", "-m", "Merge the proposal", "proposal");
        push(git);

        // On the first-parent line it is the merge that moved the pin.
        assertThat(showcase.registry().head().events(SPY, PRODUCTION, 5))
                .singleElement()
                .satisfies(event -> assertThat(event.origin().subject()).isEqualTo("Merge the proposal"));
    }

    @Test
    void aWithdrawnPinOfAnEnvironmentThatIsGoneIsToldToo() {
        showcase.withVersions(1);
        showcase.promote(STAGING, 1);
        showcase.registry().rollBack(STAGING, SPY, null, "not needed", ALICE);

        assertThat(showcase.registry().head().environments()).isEmpty();
        assertThat(events(null)).first().isEqualTo("removed in staging to none by Alice: not needed");
    }

    @Test
    void aVersionKnowsWhoRegisteredIt() {
        showcase.withVersions(3);
        String second = showcase.registry().at("main~1").commit();

        Origin origin = showcase.registry().head().registration(SPY, v(2));
        assertThat(origin.commit()).isEqualTo(second);
        assertThat(origin.author()).isEqualTo(TRAINER);
        assertThat(origin.subject()).isEqualTo("Register spy-direction v2");
        assertThatThrownBy(() -> showcase.registry().head().registration(SPY, v(4)))
                .hasMessageStartingWith("no v4 of spy-direction is registered");
    }

    @Test
    void theNewestVersionsComeAcrossTheHundreds(@TempDir Path other) {
        showcase.close();
        showcase = Showcase.in(other, "off").withVersions(102);

        assertThat(showcase.registry().head().newest(SPY, 4)).containsExactly(v(102), v(101), v(100), v(99));
        assertThat(showcase.registry().head().newest(SPY, 1000)).hasSize(102);
        assertThat(showcase.registry().head().newest(SPY)).contains(v(102));
    }

    @Test
    void aCommitHasManyNames() {
        showcase.withVersions(2);
        String first = showcase.registry().at("main~1").commit();

        assertThat(showcase.registry().at(first.substring(0, 10)).newest(SPY)).contains(v(1));
        assertThat(showcase.registry().at(first).origin().subject()).isEqualTo("Register spy-direction v1");
        for (String name :
                List.of("main~9", "nothing", "0123456789012345678901234567890123456789", "main:models", "@{", "")) {
            assertThatThrownBy(() -> showcase.registry().at(name))
                    .as(name)
                    .hasMessageStartingWith("commit: " + name + " (expected: ");
        }
    }

    @Test
    void aCommitOfAnotherKindOfRepositoryIsRefused() {
        CommandLine git = cloned();
        git.run("git", "checkout", "--quiet", "--orphan", "other");
        git.run("git", "rm", "-rfq", ".");
        git.run("git", "commit", "--quiet", "--allow-empty", "-m", "Something else");
        git.run("git", "push", "--quiet", "origin", "other");

        assertThatThrownBy(() -> showcase.registry().at("other"))
                .hasMessage("commit: other (expected: one of a models repository; it has no laurel.yaml)");
    }

    /** The commits of main in order, each dated by its committer; the author's date of all is another one. */
    @ParameterizedTest
    @CsvSource({
        "2030-01-01T09:15:00Z, first",
        "2030-01-01T09:20:00Z, second",
        "2030-01-01T09:29:59Z, second",
        // The clock of the fourth went back to 1999; it is there no sooner than the third, on which it stands.
        "2000-01-01T00:00:00Z, none",
        "2030-01-01T09:30:00Z, fourth",
        // The clock of the fifth is a year ahead; nothing on top of it is there sooner.
        "2030-06-01T00:00:00Z, fourth",
        "2031-01-01T10:00:00Z, sixth"
    })
    void aTimeIsThatOfTheCommittersOnTheFirstParentLine(Instant time, String subject) {
        CommandLine git = cloned();
        commit(git, "2030-01-01T09:10:00Z", "first");
        commit(git, "2030-01-01T09:20:00Z", "second");
        commit(git, "2030-01-01T09:30:00Z", "third");
        commit(git, "1999-01-01T00:00:00Z", "fourth");
        commit(git, "2031-01-01T10:00:00Z", "fifth");
        commit(git, "2030-01-01T09:50:00Z", "sixth");
        push(git);

        if (subject.equals("none")) {
            assertThatThrownBy(() -> showcase.registry().at(time))
                    .hasMessage("time: 2000-01-01T00:00:00Z (expected: one after main's first commit)");
        } else {
            assertThat(showcase.registry().at(time).origin().subject()).isEqualTo(subject);
        }
    }

    @Test
    void whatHappenedOnASideBranchIsNotOnMainBeforeItsMerge() {
        CommandLine git = cloned();
        commit(git, "2030-01-01T09:10:00Z", "base");
        git.run("git", "checkout", "--quiet", "-b", "side");
        commit(git, "2030-01-01T09:20:00Z", "side work");
        git.run("git", "checkout", "--quiet", "main");
        git.run(
                "env",
                "GIT_COMMITTER_DATE=2030-01-01T09:40:00Z",
                "git",
                "merge",
                "-q",
                "--no-ff",
                "-m",
                "merge",
                "side");
        push(git);

        assertThat(showcase.registry()
                        .at(Instant.parse("2030-01-01T09:30:00Z"))
                        .origin()
                        .subject())
                .isEqualTo("base");
        assertThat(showcase.registry()
                        .at(Instant.parse("2030-01-01T09:40:00Z"))
                        .origin()
                        .subject())
                .isEqualTo("merge");
    }

    @Test
    void aPromotionFromAnotherEnvironmentCarriesTheEvidence() {
        showcase.withVersions(3);
        showcase.promote(PRODUCTION, 1);
        showcase.promote(STAGING, 3);

        Promotion promotion = fromStaging();

        assertThat(promotion).isInstanceOf(Promotion.Moved.class);
        Pin pin = showcase.pin();
        assertThat(pin.version()).isEqualTo(v(3));
        assertThat(pin.by()).isEqualTo(Pin.By.PERSON);
        assertThat(pin.reason()).isEqualTo("a quiet week");
        assertThat(pin.beats()).isEqualTo(v(1));
        assertThat(pin.evidence()).isEqualTo(BOOTSTRAP);
        assertThat(showcase.registry().head().origin().note()).isEqualTo("a quiet week (the champion of staging)");
        assertThat(fromStaging()).isEqualTo(new Promotion.Unchanged(pin));
    }

    @Test
    void aPromotionFromAnotherEnvironmentEndsAHoldAndOneToAnOlderVersionHolds() {
        showcase.withVersions(3);
        showcase.promote(PRODUCTION, 1);
        showcase.promote(PRODUCTION, 2);
        showcase.rollBack();
        showcase.promote(STAGING, 3);
        fromStaging();
        assertThat(showcase.held()).isFalse();

        showcase.registry().rollBack(STAGING, SPY, v(2), "odd in staging", ALICE);
        fromStaging();
        assertThat(showcase.held()).isTrue();
        assertThat(showcase.pin().version()).isEqualTo(v(2));
    }

    @Test
    void onlyAChampionIsPromotedFromAnotherEnvironment() {
        showcase.withVersions(1);

        assertThatThrownBy(this::fromStaging)
                .hasMessage(
                        "spy-direction in staging: no version is pinned, so there is none to promote to production");
    }

    @Test
    void aPinThatIsNotOfItsVersionIsNotCarriedOn() throws Exception {
        showcase.withVersions(2);
        showcase.promote(STAGING, 2);
        CommandLine git = cloned();
        Path pin = git.folder().resolve("environments/staging/spy-direction/champion.yaml");
        Files.writeString(pin, Files.readString(pin).replaceAll("record: sha256:.{8}", "record: sha256:00000000"));
        git.run("git", "commit", "--quiet", "-am", "Another record");
        push(git);

        assertThatThrownBy(this::fromStaging)
                .hasMessageStartingWith(
                        "v2 of spy-direction is not to be pinned: environments/staging/spy-direction/champion.yaml: record: ");
        assertThat(showcase.registry().head().pin(PRODUCTION, SPY)).isEmpty();
    }

    private Promotion fromStaging() {
        return showcase.registry().promote(PRODUCTION, SPY, STAGING, "a quiet week", ALICE);
    }

    private List<String> events(Environment only) {
        return showcase.registry().head().events(SPY, only, 100).stream()
                .map(event -> told(event) + " by " + event.origin().author().name() + ": "
                        + event.origin().note())
                .toList();
    }

    private static String told(Event event) {
        if (event instanceof Event.Registered registered) {
            return "registered " + registered.version();
        }
        if (event instanceof Event.PinMoved moved) {
            Pin pin = moved.change().after();
            return moved.change().direction().name().toLowerCase(java.util.Locale.ROOT) + " in " + moved.environment()
                    + " to " + (pin == null ? "none" : pin.version().toString());
        }
        return event instanceof Event.Released released
                ? "released in " + released.environment()
                : "held again in " + ((Event.HeldAgain) event).environment();
    }

    private static void commit(CommandLine git, String time, String subject) {
        git.run(
                "env",
                "GIT_COMMITTER_DATE=" + time,
                "GIT_AUTHOR_DATE=2001-01-01T00:00:00Z",
                "git",
                "commit",
                "--quiet",
                "--allow-empty",
                "-m",
                subject);
    }

    /** From the disk, past the check of pushes. */
    private CommandLine cloned() {
        CommandLine work = CommandLine.in(folder.resolve("work"));
        work.run("git", "clone", "--quiet", showcase.bare().toString(), "clone");
        return work.at(folder.resolve("work/clone"));
    }

    private static void push(CommandLine git) {
        git.run("git", "push", "--quiet", "origin", "main");
    }
}
