package dev.laurel.registry.change;

import static dev.laurel.registry.showcase.Showcase.ALICE;
import static dev.laurel.registry.showcase.Showcase.PASS;
import static dev.laurel.registry.showcase.Showcase.PRODUCTION;
import static dev.laurel.registry.showcase.Showcase.REJECT;
import static dev.laurel.registry.showcase.Showcase.SPY;
import static dev.laurel.registry.showcase.Showcase.STAGING;
import static dev.laurel.registry.showcase.Showcase.TRAINER;
import static dev.laurel.registry.showcase.Showcase.v;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.model.Environment;
import dev.laurel.registry.Registry;
import dev.laurel.registry.layout.kustomize.KustomizeFiles;
import dev.laurel.registry.layout.kustomize.Sizes;
import dev.laurel.registry.outcome.Beginning;
import dev.laurel.registry.outcome.Promotion;
import dev.laurel.registry.outcome.RegistryException;
import dev.laurel.registry.outcome.Verification;
import dev.laurel.registry.showcase.CommandLine;
import dev.laurel.registry.showcase.Forgery;
import dev.laurel.registry.showcase.HttpShowcase;
import dev.laurel.registry.showcase.Showcase;
import dev.laurel.registry.showcase.TestKey;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Nothing is pinned where nothing can run: an environment comes into being before its first pin, by a commit of its own, and what was cut
 * off from the cluster is found. Long since promotions, pushes and verification each have their ways to get there.
 */
class LayingDownTest {
    private static final String ADDRESS = "https://git.example.com/team/models.git";
    private static final String OVERLAY = "environments/production/spy-direction/kustomization.yaml";
    private static final String STAGED = "environments/staging/spy-direction/";

    @TempDir
    Path folder;

    Showcase showcase;
    CommandLine bare;

    @BeforeEach
    void create() {
        Path models = folder.resolve("models.git");
        Beginning beginning = new Beginning(
                Showcase.definitions(), KustomizeFiles.all(List.of(SPY), List.of(PRODUCTION), null, ADDRESS));
        showcase = new Showcase(models, Registry.create(models, beginning, TRAINER)).withVersions(2);
        showcase.promote(1);
        bare = CommandLine.in(models);
    }

    @AfterEach
    void close() {
        showcase.close();
    }

    @Test
    void anEnvironmentComesBeforeItsFirstPinByACommitOfItsOwn() {
        Promotion promotion = showcase.registry().promote(STAGING, SPY, v(2), "try it there", ALICE);

        assertThat(bare.run("git", "log", "--format=%s", "--name-only", "-2", "main"))
                .isEqualTo("""
                        Promote spy-direction v2 in staging

                        environments/staging/spy-direction/champion.yaml
                        Lay down the environment staging

                        environments/staging/server/egress.yaml
                        environments/staging/server/hpa.yaml
                        environments/staging/server/kustomization.yaml
                        environments/staging/server/settings.yaml
                        environments/staging/spy-direction/challenger.yaml
                        environments/staging/spy-direction/kustomization.yaml
                        """);
        assertThat(promotion)
                .isInstanceOfSatisfying(
                        Promotion.Moved.class,
                        moved -> assertThat(moved.laidDown())
                                .isEqualTo(
                                        bare.run("git", "rev-parse", "main~1").strip()));
        KustomizeFiles.server(STAGING, Sizes.STAGING, ADDRESS)
                .forEach((path, text) ->
                        assertThat(bare.run("git", "show", "main:" + path)).isEqualTo(new String(text, UTF_8)));
        assertThat(faults()).isEmpty();

        bare.run("git", "update-ref", "refs/heads/main", "main~1");
        assertThat(showcase.registry().promote(STAGING, SPY, v(2), "again", ALICE))
                .isInstanceOfSatisfying(
                        Promotion.Moved.class,
                        moved -> assertThat(moved.laidDown()).isNull());
    }

    @Test
    void automationLaysDownTooButNotForAChallengerThatItRejects() {
        assertThat(showcase.registry().promote(STAGING, SPY, v(2), REJECT, TRAINER))
                .isInstanceOf(Promotion.Rejected.class);
        assertThatThrownBy(() -> showcase.registry().promote(STAGING, SPY, v(9), "there is none", ALICE))
                .isInstanceOf(RegistryException.class);
        assertThat(showcase.registry().head().environments()).containsExactly(PRODUCTION);

        showcase.registry().promote(STAGING, SPY, v(2), PASS, TRAINER);
        assertThat(showcase.registry().head().environments()).containsExactly(PRODUCTION, STAGING);
        assertThat(faults()).isEmpty();
    }

    @Test
    void anOverlayThatIsMissingIsLaidDownBesideTheServerThatStands() {
        forge().remove(OVERLAY).makeMain();
        assertThat(faults())
                .containsExactly(
                        OVERLAY
                                + ": missing (expected: an overlay beside the pin, or nothing runs; `laurel upgrade --env production` lays it down)");

        showcase.promote(2);

        assertThat(bare.run("git", "log", "--format=%s", "-2", "main"))
                .isEqualTo("Promote spy-direction v2 in production\nLay down the overlays of production\n");
        assertThat(faults()).isEmpty();
    }

    @Test
    void aProposalTouchesOneFileAndSoDoesNotLayDown() {
        assertThatThrownBy(() -> showcase.registry().propose(STAGING, SPY, v(2), "try it there", ALICE))
                .isInstanceOf(RegistryException.class)
                .hasMessage(
                        STAGED
                                + "kustomization.yaml: missing (expected: an overlay beside the pin, or nothing runs; `laurel upgrade --env staging` lays it down)");
        assertThat(bare.run("git", "branch", "--list")).isEqualTo("* main\n");
    }

    @Test
    void whereNobodySaidAtWhichAddressPodsFindTheRepositoryAPersonHasTo() {
        forge().remove("environments/production/server").makeMain();

        assertThatThrownBy(() -> showcase.registry().promote(STAGING, SPY, v(2), "try it there", ALICE))
                .isInstanceOf(RegistryException.class)
                .hasMessage(
                        "staging is to be laid down before its first pin: environments/staging: not complete, and Laurel cannot complete it by itself, since no environment says at which address its pods find the repository (expected: a server and overlays before the first pin; `laurel upgrade --env staging --url ADDRESS`)");
    }

    @Test
    void whereSignersStandOnlyOneWhoMaintainsLaysDown() {
        CommandLine git = CommandLine.in(folder.resolve("work"));
        TestKey owner = TestKey.ssh(git, "Owner");
        TestKey promoter = TestKey.ssh(git, "Promoter");
        forge().put(
                        "laurel.yaml",
                        "format_version: 1\nsigners:\n" + owner.may("maintain") + promoter.may("promote:staging"))
                .makeMain();

        assertThatThrownBy(() -> showcase.registry().promote(STAGING, SPY, v(2), "try it there", promoter.author()))
                .isInstanceOf(RegistryException.class)
                .hasMessageStartingWith("staging is to be laid down before its first pin: LAUREL_SIGNING_KEY: that of"
                        + " Promoter, who may only promote:staging (expected: the key of one who may maintain: Owner)");
        SortedMap<String, byte[]> staging = KustomizeFiles.all(List.of(SPY), List.of(STAGING), Sizes.STAGING, ADDRESS);
        showcase.registry().upgrade(staging, "0.1.0", owner.author());
        assertThat(showcase.registry().promote(STAGING, SPY, v(2), "now", promoter.author()))
                .isInstanceOf(Promotion.Moved.class);
    }

    @Test
    void whereBaseIsMissingNoOverlayIsLaidDownOnNothing() {
        String before = forge("base");

        assertThatThrownBy(() -> showcase.registry().promote(STAGING, SPY, v(2), "try it there", ALICE))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("since there is no base/kustomization.yaml (expected: ");
        assertThat(bare.run("git", "rev-parse", "main")).isEqualTo(before);
    }

    private String forge(String removed) {
        forge().remove(removed).makeMain();
        return bare.run("git", "rev-parse", "main");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "- champion.yaml|- other.yaml|does not name the pin beside it (expected: configMapGenerator: [{name: pin, files: [champion.yaml]}]; delete it, and `laurel upgrade --env production` lays down a new one)",
                "- ../server|- ../sever|components: ../sever (expected: what is in the repository; `laurel upgrade --env production` lays down what is missing)",
                "- ../../../base|- ../../../../base|resources: ../../../../base (expected: what is in the repository; `laurel upgrade --env production` lays down what is missing)",
                "kind: Kustomization|kind: [|line ",
            })
    void anOverlayThatBringsNothingOfItsPinIsFoundAndNoVersionIsPinnedBesideIt(
            String old, String text, String problem) {
        forge().put(OVERLAY, overlay().replace(old, text)).makeMain();

        assertThat(faults()).singleElement().asString().startsWith(OVERLAY + ": " + problem);
        assertThatThrownBy(() -> showcase.promote(2))
                .isInstanceOf(RegistryException.class)
                .hasMessageStartingWith("v2 of spy-direction is not to be pinned: " + OVERLAY);
    }

    @Test
    void theWayBackIsOpenWhateverBecameOfTheOverlay() {
        showcase.promote(2);
        forge().remove(OVERLAY).makeMain();

        assertThat(showcase.rollBack()).isInstanceOf(Promotion.Moved.class);
        assertThat(showcase.pin().version()).isEqualTo(v(1));
    }

    @Test
    void verifyTellsWhichCommitCutAPinOff() {
        forge().remove("environments/production/server")
                .commit()
                .put("notes.md", "later")
                .makeMain();

        assertThat(verify(null).faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault)
                        .returns(OVERLAY, Verification.Fault::file)
                        .returns(bare.run("git", "rev-parse", "main~1").strip(), Verification.Fault::commit));
        assertThat(verify("main~1").faults()).as("not what came after it").isEmpty();
        showcase.registry().upgrade(KustomizeFiles.server(PRODUCTION, Sizes.PRODUCTION, ADDRESS), "0.1.0", ALICE);
        assertThat(faults()).as("mended").isEmpty();
    }

    @Test
    void aRepositoryWithoutOverlaysHasNoneToMiss() {
        forge().remove("environments/production/server")
                .remove(OVERLAY)
                .remove("environments/production/spy-direction/challenger.yaml")
                .remove("base")
                .makeMain();

        showcase.registry().promote(STAGING, SPY, v(2), "nobody looks but `laurel serve`", ALICE);

        assertThat(bare.run("git", "ls-tree", "-r", "--name-only", "main", "environments"))
                .isEqualTo("environments/production/spy-direction/champion.yaml\n" + STAGED + "champion.yaml\n");
        assertThat(faults()).isEmpty();
    }

    @Test
    void theFirstAddressThatAnEnvironmentNamesIsThatOfANewOne() {
        assertThat(showcase.registry().addressInCluster()).contains(ADDRESS);
        SortedMap<String, byte[]> qa = new TreeMap<>(
                KustomizeFiles.server(new Environment("qa"), Sizes.STAGING, "https://qa.example.com/m.git"));
        showcase.registry().upgrade(qa, "0.1.0", ALICE);
        assertThat(showcase.registry().addressInCluster()).contains(ADDRESS);
    }

    @Test
    void pushesThatCutAPinOffAreRefused() {
        try (HttpShowcase http = HttpShowcase.serve(showcase)) {
            CommandLine clone = http.cloned();
            String pin = clone.run("git", "show", "HEAD:environments/production/spy-direction/champion.yaml");

            refused(clone, "git rm -q " + OVERLAY, OVERLAY + ": missing (expected: an overlay beside the pin");
            refused(
                    clone,
                    "git rm -q -r environments/production/server",
                    OVERLAY + ": components: ../server (expected: ");
            refused(clone, "git rm -q -r base", OVERLAY + ": resources: ../../../base (expected: ");
            refused(clone, "sed -i 's/champion/other/' " + OVERLAY, OVERLAY + ": does not name the pin beside it");
            refused(
                    clone,
                    "mkdir -p %1$s && cp environments/production/spy-direction/champion.yaml %1$s".formatted(STAGED),
                    STAGED + "kustomization.yaml: missing (expected: an overlay beside the pin");
            assertThat(pin)
                    .isEqualTo(bare.run("git", "show", "main:environments/production/spy-direction/champion.yaml"));

            accepted(clone, "git rm -q " + OVERLAY + " environments/production/spy-direction/champion.yaml");
            accepted(clone, "git checkout -q HEAD~1 -- " + OVERLAY);
            accepted(clone, "git checkout -q HEAD~2 -- environments/production/spy-direction/champion.yaml");
        }
        assertThat(faults()).isEmpty();
    }

    @Test
    void aRevertIsAcceptedWhateverBecameOfTheOverlay() {
        showcase.promote(2);
        forge().remove(OVERLAY).makeMain();
        try (HttpShowcase http = HttpShowcase.serve(showcase)) {
            accepted(http.cloned(), "git revert --no-edit HEAD~1");
        }
        assertThat(showcase.pin().version()).isEqualTo(v(1));
    }

    private static void refused(CommandLine clone, String change, String message) {
        commit(clone, change);
        assertThat(clone.tryRun("git", "push").output())
                .contains("! [remote rejected] main -> main (")
                .contains(message);
        clone.run("git", "reset", "--quiet", "--hard", "origin/main");
    }

    private static void accepted(CommandLine clone, String change) {
        commit(clone, change);
        clone.run("git", "push", "--quiet");
    }

    private static void commit(CommandLine clone, String change) {
        clone.run("sh", "-c", change);
        clone.run("git", "add", "--all");
        clone.tryRun("git", "commit", "--quiet", "-m", "Change something");
    }

    private String overlay() {
        return bare.run("git", "show", "main:" + OVERLAY);
    }

    private Forgery forge() {
        return new Forgery(showcase.bare()).branch("forged", "main");
    }

    private Verification verify(String since) {
        return showcase.registry().verify(null, since, (what, done, of) -> {});
    }

    private List<String> faults() {
        return verify(null).faults().stream()
                .map(fault -> fault.file() + ": " + fault.problem())
                .toList();
    }
}
