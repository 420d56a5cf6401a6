package dev.laurel.registry.change;

import static dev.laurel.registry.showcase.Showcase.ALICE;
import static dev.laurel.registry.showcase.Showcase.PASS;
import static dev.laurel.registry.showcase.Showcase.PRODUCTION;
import static dev.laurel.registry.showcase.Showcase.REJECT;
import static dev.laurel.registry.showcase.Showcase.SPY;
import static dev.laurel.registry.showcase.Showcase.STAGING;
import static dev.laurel.registry.showcase.Showcase.TRAINER;
import static dev.laurel.registry.showcase.Showcase.v;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.model.Pin;
import dev.laurel.model.Version;
import dev.laurel.registry.Registry;
import dev.laurel.registry.outcome.PinProposal;
import dev.laurel.registry.outcome.Promotion;
import dev.laurel.registry.outcome.RegistryException;
import dev.laurel.registry.showcase.CommandLine;
import dev.laurel.registry.showcase.HttpShowcase;
import dev.laurel.registry.showcase.Showcase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Promotions that are proposed on a branch: what the branch has, when it is made anew, and when it stands. Long since each thing that happens
 * to main meanwhile is a test of its own.
 */
class ProposalTest {
    private static final String PIN = "environments/production/spy-direction/champion.yaml";
    private static final String BRANCH = "promote/production/spy-direction/v";

    @TempDir
    private Path folder;

    private HttpShowcase http;
    private Showcase showcase;
    private Registry registry;

    @BeforeEach
    void layDown() {
        http = HttpShowcase.in(folder);
        showcase = http.showcase().withVersions(2);
        registry = showcase.registry();
        showcase.promote(1);
    }

    @AfterEach
    void stop() {
        http.close();
    }

    private Promotion propose(int version) {
        return registry.propose(PRODUCTION, SPY, v(version), PASS, TRAINER);
    }

    private Promotion.Proposed proposed(int version) {
        return asProposed(propose(version));
    }

    private static Promotion.Proposed asProposed(Promotion promotion) {
        assertThat(promotion).isInstanceOf(Promotion.Proposed.class);
        return (Promotion.Proposed) promotion;
    }

    private List<String> branches() {
        return registry.proposals(PRODUCTION, SPY).stream()
                .map(PinProposal::branch)
                .toList();
    }

    private CommandLine git() {
        return CommandLine.in(folder.resolve("git")).at(showcase.bare());
    }

    /** Changes the definition on main. */
    private CommandLine withOtherRules() throws IOException {
        CommandLine git = http.cloned();
        Path definition = git.folder().resolve("models/spy-direction/model.yaml");
        Files.writeString(definition, "# A gate of next year.\n", StandardOpenOption.APPEND);
        git.run("git", "commit", "--quiet", "--all", "-m", "Other rules");
        git.run("git", "push", "--quiet");
        return git;
    }

    private static List<String> reasons(Promotion promotion) {
        assertThat(promotion).isInstanceOf(Promotion.Rejected.class);
        return ((Promotion.Rejected) promotion).decision().reasons();
    }

    @Test
    void putsOneCommitOnTopOfMainThatTouchesThePinAlone() {
        String main = registry.head().commit();

        Promotion.Proposed proposed = proposed(2);

        assertThat(registry.head().commit()).isEqualTo(main);
        assertThat(proposed.written()).isTrue();
        assertThat(proposed.superseded()).isEmpty();
        assertThat(proposed.proposal().branch()).isEqualTo(BRANCH + 2);
        assertThat(proposed.proposal().pin().beats()).isEqualTo(v(1));
        assertThat(registry.proposals(PRODUCTION, SPY)).containsExactly(proposed.proposal());
        assertThat(git().run("git", "log", "--format=%P %s", "main.." + BRANCH + 2))
                .isEqualTo(main + " Promote spy-direction v2 in production\n");
        assertThat(git().run("git", "diff", "--name-only", "main", BRANCH + 2)).isEqualTo(PIN + "\n");
        assertThat(git().run("git", "fsck", "--strict")).doesNotContain("error");
    }

    @Test
    void staysAsItIsWhenItIsProposedAgain() {
        Promotion.Proposed first = proposed(2);
        showcase.withVersions(3);

        Promotion.Proposed second = proposed(2);

        assertThat(second.written()).isFalse();
        assertThat(second.proposal()).isEqualTo(first.proposal());
    }

    @Test
    void staysAsItIsWhenSomebodyMergedMainIntoIt() {
        proposed(2);
        showcase.withVersions(3);
        CommandLine git = http.cloned();
        git.run("git", "checkout", "--quiet", BRANCH + 2);
        git.run("git", "merge", "--quiet", "--no-edit", "origin/main");
        git.run("git", "push", "--quiet");

        assertThat(registry.proposals(PRODUCTION, SPY)).singleElement().matches(PinProposal::current);
        assertThat(proposed(2).written()).isFalse();
    }

    @Test
    void isRebuiltWhenSomebodyPutSomethingBesidesThePinOnIt() throws IOException {
        proposed(2);
        CommandLine git = http.cloned();
        git.run("git", "checkout", "--quiet", BRANCH + 2);
        Files.writeString(git.folder().resolve("notes.txt"), "looks fine");
        git.run("git", "add", "notes.txt");
        git.run("git", "commit", "--quiet", "-m", "Notes");
        git.run("git", "push", "--quiet");

        assertThat(registry.proposals(PRODUCTION, SPY)).singleElement().matches(proposal -> !proposal.current());
        assertThat(proposed(2).written()).isTrue();
        assertThat(git().run("git", "diff", "--name-only", "main", BRANCH + 2)).isEqualTo(PIN + "\n");
    }

    @Test
    void aNewerVersionTakesThePlaceOfAnOlderOne() {
        PinProposal older = proposed(2).proposal();
        showcase.withVersions(3);

        assertThat(proposed(3).superseded()).containsExactly(older);
        assertThat(registry.withdraw(older)).isTrue();
        assertThat(branches()).containsExactly(BRANCH + 3);
        assertThat(reasons(propose(2))).containsExactly("version: v2 (expected: newer than v3, which is proposed)");
    }

    @Test
    void isJudgedAgainWhenTheChampionMoved() {
        proposed(2);
        showcase.withVersions(3);
        registry.rollBack(PRODUCTION, SPY, null, "odd answers", ALICE);
        registry.release(PRODUCTION, SPY, ALICE);
        assertThat(registry.proposals(PRODUCTION, SPY)).singleElement().matches(proposal -> !proposal.current());

        List<Version> champions = new ArrayList<>();
        Promotion again = registry.propose(
                PRODUCTION,
                SPY,
                v(2),
                (champion, rules) -> {
                    champions.add(champion == null ? v(99) : champion.version());
                    return PASS.judge(champion, rules);
                },
                TRAINER);

        assertThat(champions).containsExactly(v(99));
        assertThat(asProposed(again).written()).isTrue();
        assertThat(asProposed(again).proposal().pin().beats()).isNull();
        assertThat(registry.proposals(PRODUCTION, SPY)).singleElement().matches(PinProposal::current);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void isJudgedAgainWhenTheRulesChanged(boolean mainIsMergedIntoIt) throws IOException {
        proposed(2);
        CommandLine git = withOtherRules();
        if (mainIsMergedIntoIt) {
            git.run("git", "checkout", "--quiet", BRANCH + 2);
            git.run("git", "merge", "--quiet", "--no-edit", "origin/main");
            git.run("git", "push", "--quiet");
        }
        assertThat(registry.proposals(PRODUCTION, SPY)).singleElement().matches(proposal -> !proposal.current());

        assertThat(registry.propose(PRODUCTION, SPY, v(2), REJECT, TRAINER)).isInstanceOf(Promotion.Rejected.class);
        assertThat(proposed(2).written()).isTrue();
        assertThat(registry.proposals(PRODUCTION, SPY)).singleElement().matches(PinProposal::current);
    }

    @Test
    void staysWhatAPersonProposedWhenTheRulesChanged() throws IOException {
        registry.propose(PRODUCTION, SPY, v(2), "calmer in May", ALICE);
        withOtherRules();

        assertThat(registry.proposals(PRODUCTION, SPY)).singleElement().matches(PinProposal::current);
    }

    @Test
    void leavesHeldPinsRejectedVersionsAndTheChampionAlone() {
        assertThat(registry.propose(PRODUCTION, SPY, v(2), REJECT, TRAINER)).isInstanceOf(Promotion.Rejected.class);
        assertThat(propose(1)).isInstanceOf(Promotion.Unchanged.class);
        showcase.rollBack();
        assertThat(propose(2)).isInstanceOf(Promotion.Held.class);
        assertThat(branches()).isEmpty();
    }

    @Test
    void automationLeavesThePlaceToWhatAPersonProposes() {
        proposed(2);
        showcase.withVersions(3);

        Promotion byHand = registry.propose(PRODUCTION, SPY, v(3), "calmer in May", ALICE);

        assertThat(asProposed(byHand).proposal().pin().by()).isEqualTo(Pin.By.PERSON);
        assertThat(asProposed(byHand).superseded())
                .extracting(PinProposal::version)
                .containsExactly(v(2));
        showcase.withVersions(4);
        assertThat(reasons(propose(4)))
                .containsExactly("proposal: promote/production/spy-direction/v3"
                        + " (expected: none by a person; merge it, or delete its branch)");
    }

    @Test
    void aPersonProposesTheChampionOfAnotherEnvironmentWithItsEvidence() {
        showcase.promote(STAGING, 2);

        Promotion promotion = registry.propose(PRODUCTION, SPY, STAGING, "a quiet week", ALICE);

        assertThat(asProposed(promotion).proposal().pin().evidence()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "merge --quiet --no-ff --no-edit",
                "merge --quiet --squash",
                "cherry-pick",
                "merge --quiet --ff-only"
            })
    void movesThePinHoweverItIsMerged(String merge) {
        proposed(2);
        if (!merge.endsWith("--ff-only")) {
            showcase.withVersions(3);
        }
        CommandLine git = http.cloned();

        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(merge.split(" ")));
        command.add("origin/" + BRANCH + 2);
        git.run(command.toArray(String[]::new));
        if (merge.endsWith("--squash")) {
            git.run("git", "commit", "--quiet", "-m", "Promote (#12)");
        }
        git.run("git", "push", "--quiet", "origin", "main");

        assertThat(showcase.pin().version()).isEqualTo(v(2));
        assertThat(showcase.held()).isFalse();
        assertThat(registry.verify(null, null, (what, done, of) -> {}).faults()).isEmpty();
        assertThat(registry.proposals(PRODUCTION, SPY)).singleElement().matches(proposal -> !proposal.current());
        assertThat(propose(2)).isInstanceOf(Promotion.Unchanged.class);
    }

    @Test
    void cannotBeMergedWhenAnotherChampionCameInBetween() {
        showcase.withVersions(3);
        proposed(2);
        showcase.promoteByHand(3);
        CommandLine git = http.cloned();

        assertThat(git.tryRun("git", "merge", "--no-edit", "origin/" + BRANCH + 2)
                        .output())
                .contains("CONFLICT (content): Merge conflict in " + PIN);
    }

    @Test
    void twoWhoProposeAtOnceMakeOneBranch() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<Promotion> propose = () -> propose(2);
            List<PinProposal> proposals = new ArrayList<>();
            for (Future<Promotion> each : threads.invokeAll(List.of(propose, propose, propose, propose))) {
                proposals.add(asProposed(each.get()).proposal());
            }
            assertThat(registry.proposals(PRODUCTION, SPY))
                    .singleElement()
                    .satisfies(standing -> assertThat(proposals).containsOnly(standing));
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void isWithdrawnOnlyAsItWasSeen() {
        PinProposal seen = proposed(2).proposal();
        git().run("git", "branch", "--force", BRANCH + 2, "main");

        assertThat(registry.withdraw(seen)).isFalse();
        assertThat(git().run("git", "branch", "--list", BRANCH + 2)).contains(BRANCH + 2);
    }

    @Test
    void somebodyElsesBranchIsNoProposal() {
        git().run("git", "branch", BRANCH + "2-notes", "main");
        git().run("git", "branch", BRANCH + "2", "main");

        assertThat(branches()).isEmpty();
    }

    @Test
    void namesTheBranchThatIsInTheWay() {
        git().run("git", "branch", "promote/production", "main");

        assertThatThrownBy(() -> propose(2))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining(
                        "promote/production/spy-direction/v2 cannot be made beside refs/heads/promote/production");
    }

    @Test
    void namesTheLockThatAKilledWriterLeft() throws IOException {
        Path lock = showcase.bare().resolve("refs/heads/" + BRANCH + "2.lock");
        Files.createDirectories(lock.getParent());
        Files.createFile(lock);
        Files.setLastModifiedTime(lock, FileTime.from(Instant.now().minusSeconds(60)));

        assertThatThrownBy(() -> propose(2))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("%s2 is locked by a writer that was killed (delete %s".formatted(BRANCH, lock));
    }
}
