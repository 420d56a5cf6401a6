package dev.laurel.registry;

import static dev.laurel.registry.Showcase.ALICE;
import static dev.laurel.registry.Showcase.PRODUCTION;
import static dev.laurel.registry.Showcase.SPY;
import static dev.laurel.registry.Showcase.STAGING;
import static dev.laurel.registry.Showcase.v;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rolled-back model stays rolled back until a person says otherwise, whatever kind of commit rolled it back. */
class HoldTest {
    private static final String PIN = "environments/production/spy-direction/champion.yaml";

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
    void aRevertOfTheRevertEndsTheHold() {
        showcase.promote(1);
        showcase.promote(2);
        revert("HEAD");
        revert("HEAD");

        assertThat(showcase.held()).isFalse();
        assertThat(showcase.promote(3)).isInstanceOf(Promotion.Moved.class);
    }

    @Test
    void aRevertOfAnOlderPromotionOnceItsConflictIsSolvedHolds() throws Exception {
        showcase.promote(1);
        showcase.promote(2);
        showcase.promote(3);
        clonedOnce();
        assertThat(git.tryRun("git", "revert", "--no-edit", "HEAD~1").exit()).isNotZero();
        git.run("git", "checkout", "HEAD~2", "--", PIN);
        git.run("git", "-c", "core.editor=true", "revert", "--continue");
        push();

        assertThat(showcase.pin().version()).isEqualTo(v(1));
        assertThat(showcase.promote(4)).isInstanceOf(Promotion.Held.class);
    }

    @Test
    void aRevertedMergeHoldsAndAMergedPromotionDoesNot() {
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
        assertThat(showcase.held()).isFalse();
        assertThat(showcase.pin().version()).isEqualTo(v(3));

        git.run("git", "revert", "--no-edit", "-m", "1", "HEAD");
        push();
        assertThat(showcase.registry().head().hold(PRODUCTION, SPY))
                .contains(new Hold(showcase.registry().head().commit(), v(3), v(1)));
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
    void aPersonWhoPromotesAnOlderVersionHolds() {
        showcase.promote(4);
        showcase.promoteByHand(2);

        assertThat(showcase.promote(5)).isInstanceOf(Promotion.Held.class);
        showcase.promoteByHand(3);
        assertThat(showcase.promote(5)).isInstanceOf(Promotion.Moved.class);
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
    void eachEnvironmentIsHeldForItself() {
        showcase.promote(PRODUCTION, 1);
        showcase.promote(PRODUCTION, 2);
        showcase.promote(STAGING, 2);
        showcase.rollBack();

        assertThat(showcase.promote(PRODUCTION, 3)).isInstanceOf(Promotion.Held.class);
        assertThat(showcase.promote(STAGING, 3)).isInstanceOf(Promotion.Moved.class);
        assertThat(showcase.registry().head().environments()).containsExactly(PRODUCTION, STAGING);
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
