package dev.laurel.registry.history;

import static dev.laurel.registry.showcase.Showcase.ALICE;
import static dev.laurel.registry.showcase.Showcase.PRODUCTION;
import static dev.laurel.registry.showcase.Showcase.SPY;
import static dev.laurel.registry.showcase.Showcase.STAGING;
import static dev.laurel.registry.showcase.Showcase.v;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.registry.Registry;
import dev.laurel.registry.outcome.Hold;
import dev.laurel.registry.outcome.Promotion;
import dev.laurel.registry.showcase.CommandLine;
import dev.laurel.registry.showcase.Showcase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A rolled-back model stays rolled back until a person says otherwise, whatever kind of commit rolled it back. Long since the first test is
 * a table of histories, each of which is written out.
 */
class HoldTest {
    private static final String PIN = "environments/production/spy-direction/champion.yaml";
    private static final int NOTHING = 0;
    private static final boolean HELD = true;
    private static final boolean FREE = false;

    @TempDir
    Path folder;

    Showcase showcase;
    CommandLine git;

    @BeforeEach
    void create() {
        showcase = Showcase.in(folder).withVersions(5);
    }

    @AfterEach
    void close() {
        showcase.close();
    }

    /** The kinds of history: what is pinned after it, whether it is held, and so what is pinned once automation tried v5. */
    static Stream<Arguments> histories() {
        return Stream.of(
                history("bootstrap reverted", HoldTest::bootstrapReverted, NOTHING, HELD, NOTHING),
                history("revert of a revert", HoldTest::revertOfARevert, 2, FREE, 5),
                history("revert of an older promotion", HoldTest::revertOfAnOlderPromotion, 1, HELD, 1),
                history("merge", HoldTest::merge, 3, FREE, 5),
                history("merge reverted with -m 1", HoldTest::mergeReverted, 1, HELD, 1),
                history("squash of a rollback", HoldTest::squash, 1, HELD, 1),
                history("rebase of a rollback", HoldTest::rebase, 1, HELD, 1),
                history("rollback that a force-push was to undo", HoldTest::forcePushRefused, 1, HELD, 1),
                history("rollback in another environment", HoldTest::twoEnvironments, 2, FREE, 5),
                history("older version by a person", HoldTest::olderVersionByAPerson, 2, HELD, 2),
                history("release", HoldTest::releaseOnly, 1, FREE, 5),
                history("release and new promotion", HoldTest::releaseAndNewPromotion, 3, FREE, 5));
    }

    private static Arguments history(String kind, Consumer<HoldTest> steps, int pinned, boolean held, int after) {
        return Arguments.of(kind, steps, pinned, held, after);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("histories")
    void automationLeavesAPinAloneThatWentBack(
            String kind, Consumer<HoldTest> steps, int pinned, boolean held, int after) {
        steps.accept(this);

        assertThat(pinnedVersion()).isEqualTo(pinned);
        assertThat(showcase.held()).isEqualTo(held);
        assertThat(showcase.promote(5)).isInstanceOf(held ? Promotion.Held.class : Promotion.Moved.class);
        assertThat(pinnedVersion()).isEqualTo(after);
    }

    private int pinnedVersion() {
        return showcase.registry()
                .head()
                .pin(PRODUCTION, SPY)
                .map(pin -> pin.version().number())
                .orElse(NOTHING);
    }

    private void bootstrapReverted() {
        showcase.promote(1);
        revert("HEAD");
    }

    private void revertOfARevert() {
        rolledBackByRevert();
        revert("HEAD");
    }

    private void rolledBackByRevert() {
        showcase.promote(1);
        showcase.promote(2);
        revert("HEAD");
    }

    private void revertOfAnOlderPromotion() {
        showcase.promote(1);
        showcase.promote(2);
        showcase.promote(3);
        clonedOnce();
        // It conflicts in the one file, and is told which pin is meant.
        assertThat(git.tryRun("git", "revert", "--no-edit", "HEAD~1").exit()).isNotZero();
        git.run("git", "checkout", "HEAD~2", "--", PIN);
        git.run("git", "-c", "core.editor=true", "revert", "--continue");
        push();
    }

    private void merge() {
        showcase.promote(1);
        clonedOnce();
        git.run("git", "checkout", "--quiet", "-b", "proposal");
        Path other = folder.resolve("proposal.git");
        git.run("git", "clone", "--quiet", "--bare", showcase.bare().toString(), other.toString());
        git.run("cp", "-r", showcase.bare().resolve("lfs").toString(), other + "/lfs");
        try (Registry proposal = Registry.open(other)) {
            proposal.promote(PRODUCTION, SPY, v(3), "the board says so", ALICE);
        }
        git.run("git", "pull", "--quiet", other.toString(), "main");
        git.run("git", "checkout", "--quiet", "main");
        git.run("git", "merge", "--quiet", "--no-ff", "-m", "Merge the proposal", "proposal");
        push();
    }

    private void mergeReverted() {
        merge();
        git.run("git", "revert", "--no-edit", "-m", "1", "HEAD");
        push();
    }

    /** A branch with a rollback, on which a second commit says why. */
    private void rollbackOnABranch() {
        showcase.promote(1);
        showcase.promote(2);
        clonedOnce();
        git.run("git", "checkout", "--quiet", "-b", "rollback");
        git.run("git", "revert", "--no-edit", "HEAD");
        git.run("sh", "-c", "echo odd answers > why.md");
        git.run("git", "add", "why.md");
        git.run("git", "commit", "--quiet", "-m", "Say why");
    }

    private void squash() {
        rollbackOnABranch();
        git.run("git", "checkout", "--quiet", "main");
        git.run("git", "merge", "--quiet", "--squash", "rollback");
        git.run("git", "commit", "--quiet", "-m", "Roll back, and say why");
        push();
    }

    private void rebase() {
        rollbackOnABranch();
        // Meanwhile main moved on.
        showcase.registry().register(new Showcase.TextDraft("model 6"), Showcase.TRAINER);
        git.run("git", "fetch", "--quiet");
        git.run("git", "rebase", "--quiet", "origin/main");
        git.run("git", "checkout", "--quiet", "main");
        git.run("git", "pull", "--quiet", "--ff-only");
        git.run("git", "merge", "--quiet", "--ff-only", "rollback");
        push();
    }

    private void forcePushRefused() {
        rolledBackByRevert();
        git.run("git", "reset", "--quiet", "--hard", "HEAD~1");
        assertThat(git.tryRun("git", "push", "--force", "origin", "main").output())
                .contains("denying non-fast-forward");
    }

    private void twoEnvironments() {
        showcase.promote(1);
        showcase.promote(2);
        showcase.promote(STAGING, 1);
        showcase.promote(STAGING, 2);
        showcase.registry().rollBack(STAGING, SPY, null, "odd answers since noon", ALICE);
        assertThat(showcase.promote(STAGING, 3)).isInstanceOf(Promotion.Held.class);
    }

    private void olderVersionByAPerson() {
        showcase.promote(4);
        showcase.promoteByHand(2);
    }

    private void releaseOnly() {
        showcase.promote(1);
        showcase.promote(2);
        showcase.rollBack();
        showcase.registry().release(PRODUCTION, SPY, ALICE);
    }

    private void releaseAndNewPromotion() {
        releaseOnly();
        showcase.promote(3);
    }

    @Test
    void aPinThatOnlyRoseIsNotHeld() {
        assertThat(showcase.held()).isFalse();
        assertThat(showcase.registry().head().everPinned(PRODUCTION, SPY)).isFalse();
        showcase.promote(1);
        showcase.promote(3);
        assertThat(showcase.held()).isFalse();
        assertThat(showcase.registry().head().everPinned(PRODUCTION, SPY)).isTrue();
    }

    @Test
    void aRevertedPromotionHolds() {
        showcase.promote(1);
        showcase.promote(2);
        revert("HEAD");

        String commit = showcase.registry().head().commit();
        assertThat(showcase.promote(5)).isEqualTo(new Promotion.Held(new Hold(commit, v(2), v(1))));
        assertThat(showcase.pin().version()).isEqualTo(v(1));
    }

    @Test
    void aRevertedBootstrapHoldsToo() {
        showcase.promote(1);
        revert("HEAD");

        String commit = showcase.registry().head().commit();
        assertThat(showcase.promote(2)).isEqualTo(new Promotion.Held(new Hold(commit, v(1), null)));
        assertThat(showcase.registry().head().pins(PRODUCTION)).isEmpty();
        assertThat(showcase.registry().head().everPinned(PRODUCTION, SPY)).isTrue();
    }

    @Test
    void aMergedRevertHoldsFromTheMergeOn() {
        showcase.promote(1);
        showcase.promote(2);
        clonedOnce();
        git.run("git", "checkout", "--quiet", "-b", "rollback");
        git.run("git", "revert", "--no-edit", "HEAD");
        git.run("git", "checkout", "--quiet", "main");
        git.run("git", "merge", "--quiet", "--no-ff", "-m", "Merge the rollback", "rollback");
        push();

        assertThat(showcase.registry().head().hold(PRODUCTION, SPY))
                .contains(new Hold(showcase.registry().head().commit(), v(2), v(1)));
    }

    @Test
    void aReleaseEndsThisHoldAndNoOther() {
        showcase.promote(1);
        showcase.promote(2);
        showcase.rollBack();
        showcase.registry().release(PRODUCTION, SPY, ALICE);

        assertThat(showcase.held()).isFalse();
        assertThatThrownBy(() -> showcase.registry().release(PRODUCTION, SPY, ALICE))
                .hasMessage("spy-direction in production: not held, so there is no hold to end");
        assertThat(showcase.promote(3)).isInstanceOf(Promotion.Moved.class);

        showcase.rollBack();
        assertThat(showcase.promote(4)).isInstanceOf(Promotion.Held.class);
    }

    @Test
    void aRevertedReleaseHoldsAgain() {
        showcase.promote(1);
        showcase.promote(2);
        showcase.rollBack();
        showcase.registry().release(PRODUCTION, SPY, ALICE);
        revert("HEAD");

        assertThat(showcase.held()).isTrue();
    }

    @Test
    void automationBootstrapsAgainAfterTheReleaseOfARemovedPin() {
        showcase.promote(1);
        showcase.rollBack();
        showcase.registry().release(PRODUCTION, SPY, ALICE);

        assertThat(showcase.promote(2)).isInstanceOf(Promotion.Moved.class);
        assertThat(showcase.pin().beats()).isNull();
    }

    @Test
    void anotherTextForTheSameVersionNeitherHoldsNorReleases() throws Exception {
        showcase.promote(1);
        showcase.promote(2);
        rewrite("# checked\n");
        assertThat(showcase.held()).isFalse();

        showcase.rollBack();
        Hold hold = showcase.registry().head().hold(PRODUCTION, SPY).orElseThrow();
        rewrite("# checked again\n");
        assertThat(showcase.registry().head().hold(PRODUCTION, SPY)).contains(hold);
    }

    @Test
    void aPinThatWasUnreadableForAWhileIsHeldByWhatStoodAroundIt() throws Exception {
        showcase.promote(1);
        showcase.promote(2);
        clonedOnce();
        Path pin = git.folder().resolve(PIN);
        String text = git.run("git", "show", "HEAD~1:" + PIN);
        Files.writeString(pin, "no pin at all");
        git.run("git", "commit", "--quiet", "-am", "Break it, past the check");
        push();
        Files.writeString(pin, text);
        git.run("git", "commit", "--quiet", "-am", "Put v1 there");
        push();

        assertThat(showcase.registry().head().hold(PRODUCTION, SPY))
                .contains(new Hold(showcase.registry().head().commit(), v(2), v(1)));
    }

    @Test
    void fiveMoreVersionsLeaveAHeldPinAlone() {
        showcase.promote(1);
        showcase.promote(2);
        revert("HEAD");
        for (int number = 6; number <= 10; number++) {
            showcase.registry().register(new Showcase.TextDraft("model " + number), Showcase.TRAINER);
            assertThat(showcase.promote(number)).isInstanceOf(Promotion.Held.class);
        }
        assertThat(showcase.pin().version()).isEqualTo(v(1));
    }

    private void rewrite(String comment) throws Exception {
        clonedOnce();
        Path pin = git.folder().resolve(PIN);
        Files.writeString(pin, Files.readString(pin) + comment);
        git.run("git", "commit", "--quiet", "-am", "Comment on the pin");
        push();
    }

    private void revert(String commit) {
        clonedOnce();
        git.run("git", "revert", "--no-edit", commit);
        push();
    }

    /** From the disk, past the check of pushes, since the rule has to hold for any history. */
    private void clonedOnce() {
        if (git == null) {
            CommandLine work = CommandLine.in(folder.resolve("work"));
            work.run("git", "clone", "--quiet", showcase.bare().toString(), "clone");
            git = work.at(folder.resolve("work/clone"));
        }
        git.run("git", "pull", "--quiet", "--ff-only");
    }

    private void push() {
        git.run("git", "push", "--quiet", "origin", "main");
    }
}
