package dev.laurel.registry.change;

import static dev.laurel.registry.showcase.Showcase.ALICE;
import static dev.laurel.registry.showcase.Showcase.PASS;
import static dev.laurel.registry.showcase.Showcase.PRODUCTION;
import static dev.laurel.registry.showcase.Showcase.SPY;
import static dev.laurel.registry.showcase.Showcase.TRAINER;
import static dev.laurel.registry.showcase.Showcase.v;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.git.BareRepository;
import dev.laurel.model.ChallengerMode;
import dev.laurel.model.ChallengerPin;
import dev.laurel.model.InvalidValueException;
import dev.laurel.model.LiveEvidence;
import dev.laurel.model.Pin;
import dev.laurel.registry.Registry;
import dev.laurel.registry.outcome.ChallengeOutcome;
import dev.laurel.registry.outcome.LiveJudge;
import dev.laurel.registry.outcome.Promotion;
import dev.laurel.registry.outcome.Verification;
import dev.laurel.registry.rule.PushRules;
import dev.laurel.registry.showcase.CommandLine;
import dev.laurel.registry.showcase.Showcase;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is tried beside the champion: raised, withdrawn, judged by live traffic, and all of that reverted by C git. */
class ChallengerTest {
    private static final String FILE = "environments/production/spy-direction/challenger.yaml";
    private static final String DEFINITION = "models/spy-direction/model.yaml";
    private static final String LIVE = "mode: commit, live: {mode: canary, share: 10, minimum_answers: 100,"
            + " minimum_seconds: 0, extra_errors: 0.01, p99_factor: 2, minimum_agreement: 0.8}}";

    @TempDir
    Path folder;

    Showcase showcase;
    Registry registry;
    CommandLine clone;

    @BeforeEach
    void create() {
        showcase = Showcase.in(folder).withVersions(4);
        registry = showcase.registry();
        showcase.promote(2);
        CommandLine.in(folder).run("git", "clone", "--quiet", showcase.bare().toString(), "clone");
        clone = CommandLine.in(folder.resolve("clone"));
    }

    @AfterEach
    void close() {
        showcase.close();
    }

    @Test
    void aCommitRaisesItAndTouchesItsPinAlone() throws Exception {
        ChallengeOutcome.Pinned pinned = (ChallengeOutcome.Pinned) challenge(3);

        assertThat(CommandLine.in(showcase.bare()).run("git", "show", "--format=%s", "--name-only", pinned.commit()))
                .isEqualTo("Challenge spy-direction with v3 in production\n\n" + FILE + "\n");
        assertThat(challenger()).isEqualTo(pinned.pin());
        assertThat(challenge(3)).isInstanceOf(ChallengeOutcome.Unchanged.class);
        assertSound();
    }

    @Test
    void itHasToBeNewerThanTheChampion() {
        assertThatThrownBy(() -> challenge(2))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("version: v2 (expected: newer than the champion v2)");
    }

    @Test
    void aRevertWithdrawsItAndHoldsItForAutomationUntilAPersonActs() throws Exception {
        rules();
        challenge(3);
        pull();
        clone.run("git", "revert", "--no-edit", "HEAD");
        clone.run("git", "push", "--quiet");

        assertThat(registry.head().challenger(PRODUCTION, SPY)).isEmpty();
        assertThat(registry.challenge(PRODUCTION, SPY, v(4), PASS, TRAINER)).isInstanceOf(ChallengeOutcome.Held.class);

        challenge(3);
        assertThat(registry.head().challengerHold(PRODUCTION, SPY)).isEmpty();
        assertSound();
    }

    @Test
    void automationTriesWhatPassesTheGateAndNothingBesideIt() throws Exception {
        rules();

        assertThat(registry.challenge(PRODUCTION, SPY, v(3), PASS, TRAINER))
                .isInstanceOf(ChallengeOutcome.Pinned.class);

        assertThat(challenger()).returns(Pin.By.AUTOMATION, ChallengerPin::by).returns(10, ChallengerPin::share);
        assertThat(registry.challenge(PRODUCTION, SPY, v(4), PASS, TRAINER))
                .isEqualTo(new ChallengeOutcome.Undecided("v3 is tried already"));
        pull();
        clone.run("git", "revert", "--no-edit", "HEAD");
        clone.run("git", "revert", "--no-edit", "HEAD");
        clone.run("git", "push", "--quiet");
        assertSound();
    }

    @Test
    void liveTrafficPromotesItWithWhatWasMeasuredAndThenTheChallengeEnds() throws Exception {
        rules();
        challenge(3);

        ChallengeOutcome.Won won = (ChallengeOutcome.Won) judge(1000, 0, 950);

        assertThat(showcase.pin())
                .returns(v(3), Pin::version)
                .returns(v(2), Pin::beats)
                .returns(evidence(3, 1000, 0, 950), Pin::live);
        assertThat(won.ended()).isNotNull();
        assertThat(registry.head().challenger(PRODUCTION, SPY)).isEmpty();
        assertThat(registry.head().challengerHold(PRODUCTION, SPY)).isEmpty();
        assertThat(registry.head().hold(PRODUCTION, SPY)).isEmpty();
        assertSound();
        pull();
        clone.run("git", "revert", "--no-edit", won.commit());
        clone.run("git", "push", "--quiet");
        assertThat(showcase.pin().version()).isEqualTo(v(2));
        assertThat(showcase.held()).isTrue();
        assertSound();
    }

    @Test
    void liveTrafficWithdrawsItWithTheReasonOrWaits() throws Exception {
        rules();
        challenge(3);

        assertThat(judge(99, 0, 90))
                .isEqualTo(new ChallengeOutcome.Undecided("answers of v3: 99 (expected: at least 100)"));
        assertThat(((ChallengeOutcome.Withdrawn) judge(1000, 50, 500)).reasons())
                .containsExactly(
                        "errors: 50 of 1050 against 0 of 5000 (expected: a share at most 0.01 above)",
                        "agreement: 500 of 1000 (expected: a share of at least 0.8)");
        assertThat(registry.head().challengerHold(PRODUCTION, SPY)).isPresent();
        assertSound();
    }

    @Test
    void aChampionThatFailsIsRolledBackAndHeldButNeverToNothing() {
        Pin first = showcase.pin();
        showcase.promote(3);
        Pin failing = showcase.pin();

        Promotion.Moved moved = (Promotion.Moved)
                registry.rollBackFailing(PRODUCTION, SPY, failing, "v3 fails on live traffic: errors", TRAINER);

        assertThat(moved.pin()).isEqualTo(first).isEqualTo(showcase.pin());
        assertThat(showcase.held()).isTrue();
        assertThatThrownBy(() -> registry.rollBackFailing(PRODUCTION, SPY, failing, "late news", TRAINER))
                .hasMessageContaining("the champion became v2 meanwhile");
        assertThat(registry.rollBackFailing(PRODUCTION, SPY, first, "and so on", TRAINER))
                .isInstanceOf(Promotion.Held.class);
        registry.release(PRODUCTION, SPY, ALICE);
        assertThat(registry.rollBackFailing(PRODUCTION, SPY, first, "and so on", TRAINER))
                .isInstanceOf(Promotion.Rejected.class);
        assertSound();
    }

    @Test
    void aPersonsPromotionEndsTheChallengeByACommitOfItsOwn() {
        challenge(3);
        showcase.promoteByHand(3);

        assertThat(registry.head().challenger(PRODUCTION, SPY)).isEmpty();
        assertThat(registry.head().challengerHold(PRODUCTION, SPY)).isEmpty();
        assertSound();
    }

    @Test
    void verifyTellsOfEvidenceThatTheRulesDoNotLetPass() throws Exception {
        rules();
        challenge(3);
        judge(1000, 0, 950);
        CommandLine.in(showcase.bare()).run("git", "update-ref", "refs/heads/honest", "main");
        pull();
        Path pin = folder.resolve("clone/environments/production/spy-direction/champion.yaml");
        clone.run("git", "reset", "--quiet", "--hard", "HEAD~2");
        clone.run("git", "checkout", "--quiet", "origin/main", "--", pin.toString());
        Files.writeString(pin, Files.readString(pin).replace("agreed: 950", "agreed: 600"));
        clone.run("git", "commit", "--quiet", "-am", "Promote it all the same");
        clone.run("git", "push", "--quiet", "origin", "HEAD:refs/heads/forged");

        assertThat(registry.verify("forged", null, (what, done, all) -> {}).faults())
                .extracting(Verification.Fault::problem)
                .singleElement()
                .asString()
                .startsWith("rejected by the live rules at ");
    }

    @Test
    void aPushHasToBringAPinThatCanBeLoaded() throws Exception {
        challenge(3);
        pull();
        Path file = folder.resolve("clone").resolve(FILE);
        Files.writeString(file, Files.readString(file).replace("version: v3", "version: v9"));
        clone.run("git", "commit", "--quiet", "-am", "Try v9");

        clone.run("git", "push", "--quiet", "origin", "HEAD:refs/heads/tried");

        try (BareRepository repository = BareRepository.open(showcase.bare()).orElseThrow()) {
            assertThat(new PushRules(repository.lfs())
                            .problems(
                                    repository.find("main").orElseThrow(),
                                    repository.find("tried").orElseThrow()))
                    .anyMatch(problem -> problem.startsWith(FILE + ": version: v9 of spy-direction"));
        }
    }

    private ChallengeOutcome challenge(int version) {
        return registry.challenge(PRODUCTION, SPY, v(version), ChallengerMode.CANARY, 20, "a quiet week", ALICE);
    }

    private ChallengeOutcome judge(long answers, long errors, long agreed) {
        return registry.judgeLive(
                PRODUCTION,
                SPY,
                (champion, challenger, rules) -> {
                    LiveEvidence evidence = evidence(challenger.version().number(), answers, errors, agreed);
                    return new LiveJudge.LiveJudgement(rules.judge(evidence), evidence);
                },
                TRAINER);
    }

    private static LiveEvidence evidence(int challenger, long answers, long errors, long agreed) {
        return new LiveEvidence(
                1,
                60,
                new LiveEvidence.Side(v(challenger), answers, errors, 300),
                new LiveEvidence.Side(v(2), 5000, 0, 200),
                1000,
                agreed);
    }

    private ChallengerPin challenger() {
        return registry.head().challenger(PRODUCTION, SPY).orElseThrow();
    }

    /** Puts rules for live traffic into the definition. */
    private void rules() throws Exception {
        pull();
        Path file = folder.resolve("clone").resolve(DEFINITION);
        Files.writeString(file, Files.readString(file).replace("mode: commit}", LIVE));
        clone.run("git", "commit", "--quiet", "-am", "Judge challengers by live traffic");
        clone.run("git", "push", "--quiet");
        assertThat(registry.head().definition(SPY).gate().live()).isNotNull();
    }

    private void pull() {
        clone.run("git", "pull", "--quiet");
    }

    private void assertSound() {
        assertThat(registry.verify(null, null, (what, done, all) -> {}).faults())
                .isEmpty();
    }
}
