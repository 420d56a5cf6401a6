package dev.laurel.registry.change;

import static dev.laurel.registry.showcase.Showcase.ALICE;
import static dev.laurel.registry.showcase.Showcase.EVIDENCE;
import static dev.laurel.registry.showcase.Showcase.PASS;
import static dev.laurel.registry.showcase.Showcase.PRODUCTION;
import static dev.laurel.registry.showcase.Showcase.REJECT;
import static dev.laurel.registry.showcase.Showcase.SPY;
import static dev.laurel.registry.showcase.Showcase.TRAINER;
import static dev.laurel.registry.showcase.Showcase.v;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.model.Decision;
import dev.laurel.model.Digest;
import dev.laurel.model.Pin;
import dev.laurel.registry.Registry;
import dev.laurel.registry.layout.Layout;
import dev.laurel.registry.outcome.Promotion;
import dev.laurel.registry.outcome.RegistryException;
import dev.laurel.registry.showcase.CommandLine;
import dev.laurel.registry.showcase.Forgery;
import dev.laurel.registry.showcase.Showcase;
import dev.laurel.registry.view.PinChange;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromotionTest {
    private static final String PIN = "environments/production/spy-direction/champion.yaml";

    @TempDir
    Path folder;

    Showcase showcase;
    Registry registry;

    @BeforeEach
    void create() {
        showcase = Showcase.in(folder).withVersions(5);
        registry = showcase.registry();
    }

    @AfterEach
    void close() {
        showcase.close();
    }

    @Test
    void aPromotionTouchesThePinAlone() throws Exception {
        Promotion.Moved moved = (Promotion.Moved) showcase.promote(1);
        CommandLine git = CommandLine.in(showcase.bare());

        assertThat(git.run("git", "show", "--format=%s", "--name-only", moved.commit()))
                .isEqualTo("Promote spy-direction v1 in production\n\n" + PIN + "\n");
        assertThat(git.run("git", "log", "-1", "--format=%(trailers:only)", "main"))
                .isEqualTo("""
                        Laurel-Model: spy-direction
                        Laurel-Environment: production
                        Laurel-Version: v1
                        Laurel-Digest: %s
                        Laurel-Record: %s

                        """.formatted(moved.pin().digest(), moved.pin().record()));
    }

    @Test
    void thePinSaysWhatItBeatAndOnWhatEvidence() {
        showcase.promote(1);
        showcase.promote(3);

        assertThat(showcase.pin())
                .returns(v(3), Pin::version)
                .returns(v(1), Pin::beats)
                .returns(Pin.By.AUTOMATION, Pin::by)
                .returns(EVIDENCE, Pin::evidence)
                .returns(Digest.of("model 3".getBytes(UTF_8)), Pin::digest)
                .returns(registry.head().record(SPY, v(3)).modelFile().size(), Pin::size);
    }

    @Test
    void theGateMaySayNo() {
        String before = registry.head().commit();

        assertThat(registry.promote(PRODUCTION, SPY, v(1), REJECT, TRAINER))
                .isEqualTo(new Promotion.Rejected(Decision.rejected(List.of("accuracy 0.5000"))));
        assertThat(registry.head().commit()).isEqualTo(before);
    }

    @Test
    void thePinnedVersionIsLeftAsItIs() {
        showcase.promote(2);
        assertThat(showcase.promote(2)).isEqualTo(new Promotion.Unchanged(showcase.pin()));
        assertThat(showcase.promoteByHand(2)).isEqualTo(new Promotion.Unchanged(showcase.pin()));
        assertThat(registry.rollBack(PRODUCTION, SPY, v(2), "why not", ALICE))
                .isEqualTo(new Promotion.Unchanged(showcase.pin()));
    }

    @Test
    void automationNeverLowersAPin() {
        showcase.promote(4);

        assertThat(showcase.promote(3))
                .isEqualTo(new Promotion.Rejected(Decision.rejected(List.of(
                        "version: v3 (expected: newer than the champion v4; only a person moves a pin back)"))));
    }

    @Test
    void aPersonPromotesWithAReasonAndIsNotJudged() {
        showcase.promote(4);
        showcase.promoteByHand(3);

        assertThat(showcase.pin())
                .returns(v(3), Pin::version)
                .returns(v(4), Pin::beats)
                .returns(Pin.By.PERSON, Pin::by)
                .returns("looks better on the desk", Pin::reason)
                .returns(null, Pin::evidence);
    }

    @Test
    void aReasonCannotSpoilTheTrailers() {
        CommandLine git = CommandLine.in(showcase.bare());
        registry.promote(PRODUCTION, SPY, v(1), "--- a\n\nLaurel-Version: v9\n---", ALICE);

        assertThat(git.run("sh", "-c", "git log -1 --format=%B main | git interpret-trailers --parse"))
                .contains("Laurel-Version: v1\n")
                .doesNotContain("v9");
    }

    @Test
    void aReasonIsNeeded() {
        assertThatThrownBy(() -> registry.promote(PRODUCTION, SPY, v(1), " ", ALICE))
                .hasMessage("reason: missing (expected: a reason, since a person moved the pin)");
    }

    @Test
    void anUnknownVersionIsNotPromoted() {
        assertThatThrownBy(() -> showcase.promote(9))
                .isInstanceOf(RegistryException.class)
                .hasMessageStartingWith("no v9 of spy-direction is registered at commit ");
    }

    @Test
    void aVersionWithoutItsBytesIsNotPromoted() throws Exception {
        Digest digest = Digest.of("model 1".getBytes(UTF_8));
        Files.delete(showcase.bare().resolve(Showcase.lfsPath(digest)));

        for (Runnable promotion : List.<Runnable>of(() -> showcase.promote(1), () -> showcase.promoteByHand(1))) {
            assertThatThrownBy(promotion::run)
                    .isInstanceOf(RegistryException.class)
                    .hasMessageStartingWith(
                            "v1 of spy-direction is not to be pinned: models/spy-direction/versions/00/v1/"
                                    + "spy-direction.model: bytes of " + digest + ": missing (push them with");
        }
        assertThat(registry.head().pins(PRODUCTION)).isEmpty();
    }

    @Test
    void aPromotionIsJudgedAgainWhenTheChampionMovedMeanwhile() {
        showcase.promote(1);
        List<Pin> champions = new ArrayList<>();

        Promotion promotion = registry.promote(
                PRODUCTION,
                SPY,
                v(3),
                (champion, rules) -> {
                    champions.add(champion);
                    if (champions.size() == 1) {
                        showcase.promote(2);
                    }
                    return PASS.judge(champion, rules);
                },
                TRAINER);

        assertThat(champions).extracting(Pin::version).containsExactly(v(1), v(2));
        assertThat(((Promotion.Moved) promotion).pin().beats()).isEqualTo(v(2));
    }

    @Test
    void anUnrelatedCommitMeanwhileDoesNotAskTheJudgeAgain() {
        showcase.promote(1);
        List<Pin> champions = new ArrayList<>();

        Promotion promotion = registry.promote(
                PRODUCTION,
                SPY,
                v(3),
                (champion, rules) -> {
                    champions.add(champion);
                    registry.register(new Showcase.TextDraft("another " + champions.size()), TRAINER);
                    return PASS.judge(champion, rules);
                },
                TRAINER);

        assertThat(champions).hasSize(1);
        assertThat(promotion).isInstanceOf(Promotion.Moved.class);
        assertThat(registry.head().newest(SPY)).contains(v(6));
    }

    @Test
    void aPromotionIsJudgedAgainWhenTheDefinitionChangedMeanwhile() {
        List<Double> gains = new ArrayList<>();

        Promotion promotion = registry.promote(
                PRODUCTION,
                SPY,
                v(3),
                (champion, rules) -> {
                    gains.add(rules.gate().minimumGain());
                    if (gains.size() == 1) {
                        define("minimum_gain: 0.01", "minimum_gain: 0.05");
                    }
                    return PASS.judge(champion, rules);
                },
                TRAINER);

        assertThat(gains).containsExactly(0.01, 0.05);
        assertThat(promotion).isInstanceOf(Promotion.Moved.class);
    }

    @Test
    void automationLeavesAPinAloneOnceTheGateIsManual() {
        define("mode: commit", "mode: manual");

        assertThat(showcase.promote(1))
                .isEqualTo(new Promotion.Rejected(Decision.rejected(
                        List.of("gate: mode: manual (expected: commit or pull-request; only a person promotes)"))));
        assertThat(showcase.promoteByHand(1)).isInstanceOf(Promotion.Moved.class);
    }

    private void define(String before, String after) {
        String definition = new String(Showcase.resource("/spy-direction.yaml"), UTF_8);
        new Forgery(showcase.bare())
                .branch("definition", "main")
                .put(Layout.definition(SPY), definition.replace(before, after))
                .makeMain();
    }

    @Test
    void rollsBackToTheChampionBeforeByItsVeryPin() {
        CommandLine git = CommandLine.in(showcase.bare());
        showcase.promote(1);
        showcase.promote(2);
        String pin = git.run("git", "rev-parse", "main~1:" + PIN);

        Promotion.Moved moved = (Promotion.Moved) showcase.rollBack();

        assertThat(git.run("git", "rev-parse", "main:" + PIN)).isEqualTo(pin);
        assertThat(git.run("git", "show", "--format=%s", "--name-only", moved.commit()))
                .isEqualTo("Roll back spy-direction to v1 in production\n\n" + PIN + "\n");
    }

    @Test
    void aFurtherRollBackNeverReturnsToWhatWasRolledBack() {
        showcase.promote(1);
        showcase.promote(2);
        showcase.promote(3);

        showcase.rollBack();
        assertThat(showcase.pin().version()).isEqualTo(v(2));
        showcase.rollBack();
        assertThat(showcase.pin().version()).isEqualTo(v(1));
        assertThat(showcase.rollBack()).isInstanceOf(Promotion.Withdrawn.class);
        assertThat(registry.head().pin(PRODUCTION, SPY)).isEmpty();
        assertThatThrownBy(showcase::rollBack)
                .hasMessage("spy-direction in production: no version is pinned, so there is none to roll back");
    }

    @Test
    void whoPromotedAnOlderVersionIsNotRolledBackToNothing() {
        showcase.promote(2);
        registry.promote(PRODUCTION, SPY, v(1), "calmer", ALICE);

        assertThatThrownBy(showcase::rollBack)
                .hasMessage(
                        "spy-direction in production: no champion stood before v1, which took the place of v2 (expected: one to"
                                + " go back to; `laurel promote spy-direction v2` brings that one back)");
        assertThat(showcase.pin().version()).isEqualTo(v(1));
    }

    @Test
    void rollsBackToAVersionThatWasNeverChampionByAPersonsPin() {
        showcase.promote(4);
        registry.rollBack(PRODUCTION, SPY, v(2), "the last one that I trust", ALICE);

        assertThat(showcase.pin())
                .returns(v(2), Pin::version)
                .returns(Pin.By.PERSON, Pin::by)
                .returns("the last one that I trust", Pin::reason);
        assertThatThrownBy(() -> registry.rollBack(PRODUCTION, SPY, v(3), "up", ALICE))
                .hasMessage("version: v3 (expected: older than the champion v2; promote it instead)");
    }

    @Test
    void theChangesOfAPinAreListedNewestFirst() {
        showcase.promote(1);
        showcase.promoteByHand(4);
        showcase.rollBack();

        List<PinChange> changes = registry.head().changes(PRODUCTION, SPY, 10);
        assertThat(changes)
                .extracting(PinChange::direction)
                .containsExactly(PinChange.Direction.LOWERED, PinChange.Direction.RAISED, PinChange.Direction.RAISED);
        assertThat(changes.get(1))
                .returns(ALICE, PinChange::author)
                .returns("Promote spy-direction v4 in production", PinChange::subject);
        assertThat(registry.head().changes(PRODUCTION, SPY, 1)).containsExactly(changes.get(0));
    }
}
