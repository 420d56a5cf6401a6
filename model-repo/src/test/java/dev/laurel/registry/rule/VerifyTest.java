package dev.laurel.registry.rule;

import static dev.laurel.registry.showcase.Showcase.ALICE;
import static dev.laurel.registry.showcase.Showcase.BOOTSTRAP;
import static dev.laurel.registry.showcase.Showcase.EVIDENCE;
import static dev.laurel.registry.showcase.Showcase.PRODUCTION;
import static dev.laurel.registry.showcase.Showcase.ROWS;
import static dev.laurel.registry.showcase.Showcase.SPY;
import static dev.laurel.registry.showcase.Showcase.STAGING;
import static dev.laurel.registry.showcase.Showcase.v;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.model.Digest;
import dev.laurel.model.Metric;
import dev.laurel.model.Pin;
import dev.laurel.model.Version;
import dev.laurel.model.VersionRecord;
import dev.laurel.registry.Registry;
import dev.laurel.registry.layout.Layout;
import dev.laurel.registry.outcome.RegistryException;
import dev.laurel.registry.outcome.Verification;
import dev.laurel.registry.showcase.CommandLine;
import dev.laurel.registry.showcase.Forgery;
import dev.laurel.registry.showcase.Showcase;
import dev.laurel.yaml.Yaml;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the verification of a registry finds in a history, most of which was forged past every check. Long since each rule has its forgery here,
 * on one repository.
 */
class VerifyTest {
    private static final String PIN = "environments/production/spy-direction/champion.yaml";
    private static final String DEFINITION = "models/spy-direction/model.yaml";
    private static final String VERSIONS = "models/spy-direction/versions/00/";
    private static final String DATA = Layout.data(Digest.of(ROWS));

    @TempDir
    Path folder;

    Showcase showcase;

    @BeforeEach
    void create() {
        showcase = Showcase.in(folder).withVersions(3);
        showcase.promote(1);
    }

    @AfterEach
    void close() {
        showcase.close();
    }

    @Test
    void findsNoFaultInWhatTheRegistryWrites() {
        showcase.promote(2);
        showcase.promote(STAGING, 2);
        showcase.rollBack();
        showcase.registry().release(PRODUCTION, SPY, ALICE);
        showcase.promote(3);
        showcase.promoteByHand(2);

        Verification verification = verify(null, null);

        assertThat(verification.faults()).isEmpty();
        assertThat(verification)
                .returns(showcase.registry().head().commit(), Verification::commit)
                .returns(11, Verification::commits)
                .returns(3, Verification::versions)
                .returns(6, Verification::pins)
                .returns(3L * "model 1".length() + ROWS.length, Verification::bytes);
    }

    @Test
    void findsNoFaultInRevertsByGit() {
        showcase.promote(2);
        showcase.promote(3);
        CommandLine clone = cloned();
        clone.run("git", "revert", "--no-edit", "HEAD");
        clone.run("git", "revert", "--no-edit", "HEAD~2");
        clone.run("git", "revert", "--no-edit", "HEAD");
        clone.run("git", "rm", "--quiet", PIN);
        clone.run("git", "commit", "--quiet", "-m", "Withdraw");
        clone.run("git", "revert", "--no-edit", "HEAD");
        clone.run("git", "push", "--quiet");

        assertThat(verify(null, null).faults()).isEmpty();
    }

    @Test
    void findsNoFaultInEvidenceThatAPersonCarriedFromAnotherEnvironment() {
        showcase.promoteByHand(2);
        showcase.promote(STAGING, 3);
        showcase.registry().promote(PRODUCTION, SPY, STAGING, "a quiet week", ALICE);

        assertThat(showcase.pin()).returns(v(2), Pin::beats).returns(BOOTSTRAP, Pin::evidence);
        assertThat(verify(null, null).faults()).isEmpty();
    }

    @Test
    void looksAtTheCommitsAfterARevisionOnly() {
        forge().put(VERSIONS + "v1/README.md", "better than it was")
                .commit()
                .put(VERSIONS + "v2/README.md", "better, too")
                .make();

        assertThat(verify("forged", null).faults()).hasSize(2);
        assertThat(verify("forged", "forged~1"))
                .returns(1, Verification::commits)
                .satisfies(found -> assertThat(found.faults())
                        .extracting(Verification.Fault::file)
                        .containsExactly(VERSIONS + "v2/README.md"));
        assertThat(verify("main", null).faults()).isEmpty();
        assertThat(verify("main", "main")).returns(0, Verification::commits).returns(0L, Verification::bytes);
    }

    @Test
    void findsWhatChangedInAVersion() {
        forge().put(VERSIONS + "v1/README.md", "better than it was")
                .put(VERSIONS + "v2/extra.md", "forgotten")
                .remove(VERSIONS + "v3/report.yaml")
                .make();

        assertFaults(
                VERSIONS + "v1/README.md: changed (expected: never, once v1 is registered)",
                VERSIONS + "v2/extra.md: added (expected: never, once v2 is registered)",
                VERSIONS + "v3/report.yaml: removed (expected: never, once v3 is registered)");
    }

    @Test
    void findsANumberUsedTwice() {
        VersionFolder third = new VersionFolder(3);
        third.putAs(3, forge().remove(VERSIONS + "v3").commit()).make();

        assertFaults(
                VERSIONS
                        + "v3: removed (expected: kept, since only the registration of a newer version takes older ones out)",
                "%sv3: v3 for the second time (expected: a new number; %.10s registered it first)"
                        .formatted(VERSIONS, commit("main~1")));
        assertThat(verify("forged", "main").faults()).hasSize(1);
    }

    @Test
    void findsAnOldNumberUsedAgainWhereItsHistoryIsNotLookedAt() {
        VersionFolder second = new VersionFolder(2);
        second.putAs(2, forge().remove(VERSIONS + "v2").commit()).make();

        assertThat(verify("forged", "forged~1").faults())
                .extracting(Verification.Fault::problem)
                .containsExactly("v2 (expected: a number above v3)");
    }

    @Test
    void findsADocumentOfAnotherVersion() {
        new VersionFolder(3).putAs(4, forge()).make();

        assertFaults(
                VERSIONS + "v4/provenance.yaml: v3 of spy-direction (expected: v4 of spy-direction)",
                VERSIONS + "v4/report.yaml: v3 of spy-direction (expected: v4 of spy-direction)");
    }

    @Test
    void findsARecordInOtherBytesThanOurs() {
        VersionFolder third = new VersionFolder(3);
        third.putAs(4, forge())
                .put(VERSIONS + "v4/version.yaml", third.record(4).replace("version: v4", "version:  v4"))
                .make();

        assertThat(faults("forged"))
                .contains(
                        VERSIONS + "v4/version.yaml: line 2: other bytes than Laurel writes (expected: 'version: v4')");
    }

    @Test
    void findsAPinWithoutItsVersion() {
        forgePin(pin(3, v(1), EVIDENCE), "version: v3", "version: v9");

        assertFaults(PIN + ": version: v9 of spy-direction (expected: a registered version; v1..v3 registered)");
    }

    @Test
    void findsAPinWithAnotherVersionsDigests() {
        Pin pin = pin(3, v(1), EVIDENCE);
        forgePin(pin, pin.digest().hex(), Digest.of(ROWS).hex());

        assertFaults(PIN + ": digest: " + Digest.of(ROWS) + " (expected: " + pin.digest() + ")");
    }

    @Test
    void findsAPinThatBeatAnotherThanTheChampion() {
        forgePin(pin(3, v(2), EVIDENCE));
        assertFaults(PIN + ": beats: v2 (expected: v1, the champion before)");
    }

    @Test
    void findsARewordedPin() {
        String reworded = text(showcase.pin()).replace("challenger: 0.583", "challenger: 0.593");
        forge().put(PIN, reworded).make();

        assertFaults(
                PIN + ": reworded (expected: a pin changes when it moves, and only then)",
                PIN + ": evidence.challenger: 0.593 (expected: 0.583, as reported)");
    }

    @Test
    void findsAPinWithAnotherLayout() {
        forge().put(PIN, text(showcase.pin()).replace("by: automation", "by:  automation"))
                .make();
        assertFaults(PIN + ": line 6: other bytes than Laurel writes (expected: 'by: automation')");
    }

    @Test
    void findsAPromotionThatTheGateWouldNotHavePassed() {
        forgePin(pin(2, v(1), new Pin.Evidence(Metric.ACCURACY, 0.583, 0.58, 60, EVIDENCE.data())));

        assertFaults(
                "%s: rejected by the gate at %.10s: accuracy 0.5830 against 0.5800, gain +0.0030 (expected: at least +0.0100)"
                        .formatted(PIN, commit("main")),
                PIN + ": evidence.champion: 0.58 (expected: 0.55, as reported)");
    }

    @Test
    void judgesByTheRulesBeforeThePromotion() {
        String strict = definition().replace("minimum_gain: 0.01", "minimum_gain: 0.1");
        forge().put(DEFINITION, strict)
                .commit()
                .put(DEFINITION, definition())
                .put(PIN, text(pin(2, v(1), EVIDENCE)))
                .make();

        assertFaults(
                "%s: rejected by the gate at %.10s: accuracy 0.5830 against 0.5500, gain +0.0330 (expected: at least +0.1000)"
                        .formatted(PIN, commit("forged~1")),
                PIN + ": promoted together with " + DEFINITION + " (expected: a commit of pins alone)");
    }

    @Test
    void findsEvidenceThatIsNotTheReports() {
        Digest other = Digest.of("other rows".getBytes(UTF_8));
        forgePin(pin(3, v(1), new Pin.Evidence(Metric.ACCURACY, 0.593, 0.56, 61, other)));

        assertFaults(
                PIN + ": evidence.challenger: 0.593 (expected: 0.583, as reported)",
                PIN + ": evidence.rows: 61 (expected: 60, as reported)",
                PIN + ": evidence.data: " + other + " (expected: " + EVIDENCE.data() + ", that of v3)");
    }

    @Test
    void findsAPromotionByAutomationWithoutEvidence() {
        forgePin(pin(3, v(1), null));
        assertFaults(PIN + ": evidence: missing (expected: what the gate judged)");
    }

    @Test
    void findsABootstrapWhereAChampionStood() {
        forgePin(pin(3, v(1), BOOTSTRAP));
        assertFaults(PIN + ": evidence.champion: none (expected: the value of v1)");
    }

    @Test
    void findsAPromotionByAutomationWhereTheGateLeavesItToPeople() {
        forge().put(DEFINITION, definition().replace("mode: commit", "mode: manual"))
                .commit()
                .put(PIN, text(pin(3, v(1), EVIDENCE)))
                .make();

        assertFaults(PIN + ": by: automation (expected: person, since the gate's mode is manual)");
    }

    @Test
    void findsAPromotionByAutomationOfAHeldPin() {
        showcase.promote(2);
        showcase.rollBack();
        forgePin(pin(3, v(1), EVIDENCE));

        assertFaults("%s: by: automation (expected: person, since the pin was held by %.10s)"
                .formatted(PIN, commit("main")));
    }

    @Test
    void findsARollBackByAutomation() {
        showcase.promoteByHand(3);
        forgePin(pin(2, v(3), EVIDENCE));

        assertFaults(PIN + ": by: automation (expected: person, since automation only raises a pin)");
    }

    @Test
    void findsAPersonWithoutAReason() {
        forgePin(pin(3, v(1), EVIDENCE), "by: automation", "by: person");
        assertThat(faults("forged"))
                .singleElement()
                .asString()
                .startsWith(PIN + ": line ")
                .endsWith("reason: missing (expected: a reason, since a person moved the pin)");
    }

    @Test
    void findsAPromotionThatTouchesMoreThanPins() {
        forge().put(PIN, text(pin(3, v(1), EVIDENCE)))
                .put("README.md", "Welcome")
                .put("base/deployment.yaml", "kind: Deployment")
                .make();

        assertFaults(PIN + ": promoted together with README.md, with 1 more files (expected: a commit of pins alone)");
    }

    @Test
    void findsRowsThatAreNotWhatTheyWere() {
        forge().put(DATA, "date,close\n").make();
        assertFaults(DATA + ": changed (expected: kept rows never change)");
    }

    @Test
    void findsRemovedRowsThatAVersionNames() {
        forge().remove(DATA).make();
        assertFaults(DATA + ": removed (expected: kept, since v1 of spy-direction names it)");
    }

    @Test
    void findsABrokenDefinitionUntilItIsMended() {
        forge().put(DEFINITION, definition().replace("seed: 42", "seed: x"))
                .commit()
                .put(DEFINITION, definition())
                .make();

        assertThat(faults("forged~1")).singleElement().asString().startsWith(DEFINITION + ": line ");
        assertThat(faults("forged")).isEmpty();
    }

    @Test
    void findsFilesWhereNoneMayStand() {
        forge().put("models/spy-direction/versions/notes.md", "x")
                .put("models/spy-direction/versions/01/v4/version.yaml", "x")
                .put("environments/pre-production/spy-direction/champion.yaml", "x")
                .make();

        assertFaults(
                "environments/pre-production/spy-direction/champion.yaml: environment: pre-production (expected: 1..20 of"
                        + " a-z and 0-9, starting with a letter)",
                "models/spy-direction/versions/01/v4/version.yaml: folder: 01 (expected:"
                        + " models/spy-direction/versions/00/v4)",
                "models/spy-direction/versions/notes.md: file: notes.md (expected: only folders of versions here, such"
                        + " as models/spy-direction/versions/00/v7)");
    }

    @Test
    void doesNotMindThatSuchFilesAreGone() {
        forge().put("models/spy-direction/versions/notes.md", "x")
                .commit()
                .remove("models/spy-direction/versions/notes.md")
                .make();

        assertThat(verify("forged", "forged~1").faults()).isEmpty();
    }

    @Test
    void findsALinkInPlaceOfAFile() {
        forge().link(PIN, "../../../elsewhere")
                .link(VERSIONS + "v1/README.md", "elsewhere")
                .link(DATA, "elsewhere")
                .make();

        assertThat(verify("forged", null).faults())
                .extracting(Verification.Fault::file)
                .containsExactly(DATA, PIN, VERSIONS + "v1/README.md");
    }

    @Test
    void aFaultIsALineWithItsFileAndCommit() {
        assertThat(new Verification.Fault("base/\u001b[2J", "0123456789abcdef", "changed"))
                .hasToString("base/?[2J@0123456789: changed");
    }

    @Test
    void findsDamagedAndMissingBytes() throws Exception {
        Digest first = Digest.of("model 1".getBytes(UTF_8));
        Digest second = Digest.of("model 2".getBytes(UTF_8));
        Files.writeString(showcase.bare().resolve(Showcase.lfsPath(first)), "model ?");
        Files.delete(showcase.bare().resolve(Showcase.lfsPath(second)));
        String remedy = " (put them back with `git lfs push --object-id <remote> %s` from a clone that has them)";

        assertThat(faults("main"))
                .containsExactly(
                        VERSIONS + "v1/spy-direction.model: bytes of " + first + ": their digest is "
                                + Digest.of("model ?".getBytes(UTF_8)) + remedy.formatted(first.hex()),
                        VERSIONS + "v2/spy-direction.model: bytes of " + second + ": missing"
                                + remedy.formatted(second.hex()));
    }

    @Test
    void saysWhichVersionsNeedRowsThatAreDamaged() throws Exception {
        Path rows = showcase.bare().resolve(Showcase.lfsPath(Digest.of(ROWS)));
        Files.writeString(rows, "date,close\n2020-04-17,9999.99\n");

        assertThat(faults("main"))
                .singleElement()
                .asString()
                .startsWith(DATA + ": bytes of " + Digest.of(ROWS) + ": their digest is ")
                .endsWith(" from a clone that has them); needed by v1, v2, v3 of spy-direction");
        Files.delete(rows);
        assertThat(faults("main"))
                .singleElement()
                .asString()
                .contains(": missing (")
                .endsWith("; needed by v1, v2, v3 of spy-direction");
    }

    @Test
    void verifiesAClone() throws Exception {
        CommandLine clone = cloned();
        clone.run("git", "lfs", "pull", "-I", "*", "-X", "");
        Files.writeString(clone.folder().resolve(PIN), "not committed, so nobody's business");

        try (Registry registry = Registry.open(clone.folder())) {
            Verification inClone = registry.verify(null, null, (what, done, total) -> {});
            assertThat(inClone).isEqualTo(verify(null, null));
            assertThat(inClone.faults()).isEmpty();
        }
    }

    @Test
    void verifiesAWorkTreeAndABranchOfAClone() {
        CommandLine clone = cloned();
        clone.run("git", "lfs", "pull", "-I", "*", "-X", "");
        clone.run("git", "checkout", "--quiet", "-b", "proposal");
        clone.run("git", "branch", "--quiet", "-d", "main");
        Path tree = folder.resolve("tree");
        clone.run("git", "worktree", "add", "--quiet", "--detach", tree.toString());

        for (Path place : List.of(clone.folder(), tree)) {
            try (Registry registry = Registry.open(place)) {
                assertThat(registry.verify(null, null, (what, done, total) -> {})
                                .faults())
                        .as("of origin/main, since the clone has no main")
                        .isEmpty();
                assertThat(registry.verify("HEAD", null, (what, done, total) -> {})
                                .commits())
                        .isEqualTo(5);
            }
        }
    }

    @Test
    void countsTheMissingBytesOfACloneInAFewLines() {
        showcase.withVersions(15);
        try (Registry registry = Registry.open(cloned().folder())) {
            List<Verification.Fault> faults =
                    registry.verify(null, null, (what, done, total) -> {}).faults();

            assertThat(faults)
                    .hasSize(10)
                    .allSatisfy(fault -> assertThat(fault.problem())
                            .contains(": missing (`git lfs pull -I '*' -X ''` fetches what is missing)"));
            assertThat(faults.get(9).problem()).endsWith(", and so are those of 6 more files");
        }
    }

    @Test
    void doesNotWriteIntoAClone() {
        CommandLine clone = cloned();
        for (Path place : List.of(clone.folder(), clone.folder().resolve(".git"))) {
            try (Registry registry = Registry.open(place)) {
                assertThatThrownBy(() -> registry.register(new Showcase.TextDraft("model 9"), ALICE))
                        .isInstanceOf(RegistryException.class)
                        .hasMessage("registering a version of spy-direction: " + clone.folder()
                                + "/.git: a clone with a work tree, which is only read (expected: a bare repository;"
                                + " commit in the clone and push) (nothing was registered or moved)");
            }
        }
        assertThat(clone.run("git", "status", "--porcelain")).isEmpty();
        assertThat(clone.folder().resolve(".git").resolve(Showcase.lfsPath(Digest.of("model 9".getBytes(UTF_8)))))
                .doesNotExist();
    }

    @Test
    void aShallowCloneIsToldToFetchItsHistory() {
        CommandLine git = CommandLine.in(folder.resolve("work"));
        git.run(
                "git",
                "clone",
                "--quiet",
                "--depth",
                "2",
                showcase.bare().toUri().toString(),
                "shallow");
        try (Registry registry = Registry.open(git.folder().resolve("shallow"))) {
            assertThatThrownBy(() -> registry.verify(null, null, (what, done, total) -> {}))
                    .isInstanceOf(RegistryException.class)
                    .hasMessage(
                            "history: ends at %.10s, since the clone is shallow (expected: all of it; `git fetch"
                                    + " --unshallow` fetches it)",
                            commit("main~1"));
            assertThat(registry.verify(null, "HEAD~1", (what, done, total) -> {})
                            .commits())
                    .isEqualTo(1);
        }
    }

    @Test
    void aRevisionThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> verify("nowhere", null))
                .isInstanceOf(RegistryException.class)
                .hasMessage("revision: nowhere (expected: a branch, a tag or a commit of this repository)");
        assertThatThrownBy(() -> verify(null, "main..x"))
                .hasMessage("since: main..x (expected: a branch, a tag or a commit of this repository)");
        assertThatThrownBy(() -> verify("main~1", "main"))
                .hasMessage("since: %.10s (expected: a commit that %.10s follows along first parents)"
                        .formatted(commit("main"), commit("main~1")));
    }

    @Test
    void saysHowFarItIs() {
        List<String> steps = new ArrayList<>();
        showcase.registry().verify(null, "main~2", (what, done, total) -> steps.add(what + " " + done + "/" + total));

        assertThat(steps).containsExactly("commits 1/2", "commits 2/2", "files 1/3", "files 2/3", "files 3/3");
    }

    private Verification verify(String revision, String since) {
        return showcase.registry().verify(revision, since, (what, done, total) -> {});
    }

    /** File and problem of each fault. */
    private List<String> faults(String revision) {
        return verify(revision, null).faults().stream()
                .map(fault -> fault.file() + ": " + fault.problem())
                .toList();
    }

    private void assertFaults(String... faults) {
        assertThat(faults("forged")).containsExactly(faults);
        assertThat(verify("forged", null).faults())
                .allSatisfy(fault -> assertThat(fault.commit()).isIn(commit("forged"), commit("forged~1")));
    }

    private Forgery forge() {
        return new Forgery(showcase.bare()).branch("forged", "main");
    }

    private void forgePin(Pin pin) {
        forge().put(PIN, text(pin)).make();
    }

    private void forgePin(Pin pin, String old, String replacement) {
        assertThat(text(pin)).contains(old);
        forge().put(PIN, text(pin).replace(old, replacement)).make();
    }

    private static String text(Pin pin) {
        return new String(Yaml.write(pin), UTF_8);
    }

    /** A pin as automation writes it. */
    private Pin pin(int version, Version beats, Pin.Evidence evidence) {
        VersionRecord record = showcase.registry().head().record(SPY, v(version));
        return new Pin(
                SPY,
                v(version),
                record.modelFile().digest(),
                record.modelFile().size(),
                Digest.of(Yaml.write(record)),
                beats,
                Pin.By.AUTOMATION,
                null,
                evidence);
    }

    private static String definition() {
        return new String(Showcase.resource("/spy-direction.yaml"), UTF_8);
    }

    private CommandLine cloned() {
        CommandLine git = CommandLine.in(folder.resolve("work"));
        git.run("git", "clone", "--quiet", showcase.bare().toUri().toString(), "clone");
        return git.at(git.folder().resolve("clone"));
    }

    private String commit(String revision) {
        return CommandLine.in(showcase.bare()).run("git", "rev-parse", revision).strip();
    }

    /** The files of a registered version, to be put into another commit. */
    private final class VersionFolder {
        private final CommandLine git = CommandLine.in(showcase.bare());
        private final String folder;
        private final int number;

        VersionFolder(int number) {
            this.number = number;
            this.folder = VERSIONS + "v" + number + "/";
        }

        Forgery putAs(int version, Forgery commit) {
            for (String file : git.run("git", "ls-tree", "--name-only", "main", folder)
                    .lines()
                    .toList()) {
                String name = file.substring(folder.length());
                commit.put(
                        VERSIONS + "v" + version + "/" + name,
                        name.equals("version.yaml") ? record(version) : git.run("git", "show", "main:" + file));
            }
            return commit;
        }

        String record(int version) {
            return git.run("git", "show", "main:" + folder + "version.yaml")
                    .replace("version: v" + number, "version: v" + version);
        }
    }
}
