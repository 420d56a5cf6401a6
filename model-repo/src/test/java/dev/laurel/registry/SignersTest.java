package dev.laurel.registry;

import static dev.laurel.registry.Showcase.ALICE;
import static dev.laurel.registry.Showcase.PASS;
import static dev.laurel.registry.Showcase.PRODUCTION;
import static dev.laurel.registry.Showcase.SPY;
import static dev.laurel.registry.Showcase.STAGING;
import static dev.laurel.registry.Showcase.v;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.git.host.Access;
import dev.laurel.git.host.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who may do what where {@code laurel.yaml} names signers: the same history is refused as a push, is a fault when it came in past that
 * check, and is not to be followed. Long since each history is asked all three, by the same few methods.
 */
class SignersTest {
    private static final String PIN = "environments/production/spy-direction/champion.yaml";
    private static final String HOW = "sign with a key that laurel.yaml names: git config gpg.format ssh;";

    @TempDir
    static Path keys;

    static TestKey owner;
    static TestKey promoter;
    static TestKey tester;
    static TestKey trainer;
    static TestKey stranger;

    @TempDir
    Path folder;

    HttpShowcase http;
    Showcase showcase;
    CommandLine clone;

    @BeforeAll
    static void makeKeys() {
        CommandLine git = CommandLine.in(keys.resolve("work"));
        owner = TestKey.ssh(git, "Owner");
        promoter = TestKey.ssh(git, "Promoter");
        tester = TestKey.ssh(git, "Tester");
        trainer = TestKey.ssh(git, "Trainer");
        stranger = TestKey.ssh(git, "Stranger");
    }

    @BeforeEach
    void nameSigners() throws Exception {
        http = HttpShowcase.in(folder);
        showcase = http.showcase().withVersions(3);
        showcase.promote(1);
        showcase.promote(2);
        showcase.promote(STAGING, 2);
        clone = http.cloned();
        write("laurel.yaml", signers());
        commit("Name the signers");
        clone.run("git", "push", "--quiet");
    }

    @AfterEach
    void close() {
        http.close();
    }

    private String signers(String... more) {
        return "format_version: 1\nsigners:\n"
                + owner.may("maintain")
                + promoter.may("promote:production", "promote:staging")
                + tester.may("promote:staging")
                + trainer.may("register")
                + String.join("", more);
    }

    @Test
    void anUnsignedPromotionIsRefusedAFaultAndNotFollowed() {
        revert();
        assertRefused("unsigned (expected: signed by one who may promote:production: Owner, Promoter)");
    }

    @Test
    void aPromotionSignedByAStrangerIsRefusedAFaultAndNotFollowed() {
        stranger.signsIn(clone);
        revert();
        assertRefused(
                "signed with SHA256:",
                ", a key that laurel.yaml does not name (expected: signed by one who may"
                        + " promote:production: Owner, Promoter)");
    }

    @Test
    void whoMayOnlyRegisterMovesNoPin() {
        trainer.signsIn(clone);
        revert();
        assertRefused(
                "signed by Trainer, who may only register (expected: signed by one who may promote:production: Owner,"
                        + " Promoter)");
    }

    @Test
    void whoPromotesInStagingMovesNoPinOfProduction() {
        tester.signsIn(clone);
        revert();
        assertRefused(
                "signed by Tester, who may only promote:staging (expected: signed by one who may promote:production:"
                        + " Owner, Promoter)");
    }

    @Test
    void aPinRemovedWithoutASignatureIsRefusedAFaultAndNotFollowed() {
        clone.run("git", "rm", "--quiet", PIN);
        commit("Withdraw");
        assertRefused("unsigned (expected: signed by one who may promote:production: Owner, Promoter)");
    }

    @Test
    void aSignedCommitThatWasTamperedWithIsRefusedAFaultAndNotFollowed() throws Exception {
        promoter.signsIn(clone);
        revert();
        Path object = folder.resolve("commit");
        clone.run("sh", "-c", "git cat-file commit HEAD | sed 's/^This reverts.*/It was time./' > " + object);
        clone.run(
                "git",
                "reset",
                "--quiet",
                "--soft",
                clone.run("git", "hash-object", "-t", "commit", "-w", object.toString())
                        .strip());
        assertRefused(
                "wrongly signed: the signature of something else (expected: signed by one who may promote:production: Owner,"
                        + " Promoter)");
    }

    @Test
    void aRevertSignedByAPromoterIsAPromotion() {
        promoter.signsIn(clone);
        revert();
        assertAccepted();
        assertThat(showcase.pin().version()).isEqualTo(v(1));
        assertThat(showcase.held()).isTrue();
    }

    @Test
    void aMergeIsJudgedByItsOwnSignature() {
        clone.run("git", "checkout", "--quiet", "-b", "proposal");
        revert();
        clone.run("git", "checkout", "--quiet", "main");
        clone.run("git", "merge", "--quiet", "--no-ff", "-m", "Merge the proposal", "proposal");
        assertRefused("unsigned (expected: signed by one who may promote:production: Owner, Promoter)");

        promoter.signsIn(clone);
        clone.run("git", "merge", "--quiet", "--no-ff", "-m", "Merge the proposal", "proposal");
        assertAccepted();
        assertThat(showcase.pin().version()).isEqualTo(v(1));
    }

    @Test
    void aMergeIsNotSignedByWhatItMerges() {
        clone.run("git", "checkout", "--quiet", "-b", "proposal");
        promoter.signsIn(clone);
        revert();
        clone.run("git", "checkout", "--quiet", "main");
        clone.run("git", "config", "commit.gpgsign", "false");
        clone.run("git", "merge", "--quiet", "--no-ff", "-m", "Merge the proposal", "proposal");
        assertRefused("unsigned (expected: signed by one who may promote:production: Owner, Promoter)");
    }

    @Test
    void aMergeThatPutsMainAsideIsRefused() {
        clone.run("git", "checkout", "--quiet", "-b", "aside", "HEAD~1");
        clone.run("git", "commit", "--quiet", "--allow-empty", "-m", "Aside");
        promoter.signsIn(clone);
        clone.run("git", "merge", "--quiet", "--no-ff", "-m", "Merge main into it", "main");
        assertThat(clone.tryRun("git", "push", "origin", "aside:main").output())
                .contains("[remote rejected] aside -> main");
    }

    @Test
    void aPinThatBecameALinkIsAFaultAndNotFollowed() {
        String blob = clone.run("git", "rev-parse", "HEAD:" + PIN).strip();
        clone.run("git", "update-index", "--cacheinfo", "120000," + blob + "," + PIN);
        clone.run("git", "commit", "--quiet", "-m", "Link");
        pushPastTheCheck();
        assertThat(faults()).anyMatch(fault -> fault.startsWith(PIN + "@") && fault.contains(": unsigned (expected: "));
        assertThat(objection()).isPresent();
    }

    @Test
    void everyCommitOfAPushIsJudged() {
        revert();
        promoter.signsIn(clone);
        revert();
        assertThat(push()).contains(PIN + "@", ": unsigned (expected: signed by one who may promote:production: ", HOW);
        pushPastTheCheck();
        assertThat(faults()).singleElement().asString().contains(": unsigned (expected: ");
        assertThat(objection()).as("of the last change, which is signed").isEmpty();
    }

    @Test
    void aCommitGrantsItselfNothing() throws Exception {
        stranger.signsIn(clone);
        write("laurel.yaml", signers(stranger.may("maintain")));
        commit("Name myself");
        revert();
        assertThat(push())
                .contains("laurel.yaml@", ": signed with SHA256:", "(expected: signed by one who may maintain: Owner)")
                .contains(PIN + "@");
        pushPastTheCheck();
        assertThat(faults()).hasSize(2);
        assertThat(objection()).isPresent();
    }

    @Test
    void whoMaintainsMayGrantAndWhoIsTakenOutMayNoMore() throws Exception {
        owner.signsIn(clone);
        write("laurel.yaml", signers(stranger.may("promote:production")));
        commit("Name another");
        stranger.signsIn(clone);
        revert();
        assertAccepted();

        owner.signsIn(clone);
        write("laurel.yaml", signers());
        commit("Take the other one out");
        clone.run("git", "push", "--quiet");
        assertThat(faults()).as("what was signed before stays valid").isEmpty();
        assertThat(objection()).isEmpty();

        stranger.signsIn(clone);
        clone.run("git", "revert", "--no-edit", "HEAD~1");
        assertRefused("signed with SHA256:");
    }

    @Test
    void takingOutTheSignersWithoutASignatureChangesNothing() throws Exception {
        write("laurel.yaml", "format_version: 1\n");
        commit("Nobody has to sign");
        revert();
        assertThat(push()).contains("laurel.yaml@", "unsigned (expected: signed by one who may maintain: Owner)");
        pushPastTheCheck();
        assertThat(faults())
                .hasSize(2)
                .allMatch(fault -> fault.contains(": unsigned (expected: signed by one who may "));
        assertThat(objection()).isPresent();
    }

    @Test
    void fromAfarTheSignersThatWereTakenOutAreKnownToWhoSawThemOrExpectsThem() throws Exception {
        try (Registry saw = afar("saw", "false");
                Registry expects = afar("expects", "true");
                Registry believes = afar("believes", "false")) {
            assertThat(saw.head().objection(PRODUCTION, SPY)).isEmpty();

            write("laurel.yaml", "format_version: 1\n");
            commit("Nobody has to sign");
            revert();
            pushPastTheCheck();

            assertThat(saw.head().objection(PRODUCTION, SPY)).isPresent();
            assertThat(expects.head().objection(PRODUCTION, SPY)).isPresent();
            assertThat(believes.head().objection(PRODUCTION, SPY)).isEmpty();
        }
    }

    @Test
    void whereSignersAreExpectedAndNobodyEverNamedAnyNoPinIsFollowed() {
        try (HttpShowcase nobody = HttpShowcase.in(folder.resolve("nobody"))) {
            nobody.showcase().withVersions(1).promote(1);
            try (Registry expects = afar(nobody, "expects-in-vain", "true")) {
                assertThat(expects.head().objection(PRODUCTION, SPY))
                        .hasValue("laurel.yaml: names no signers (expected: some, since LAUREL_SIGNED is true)");
            }
        }
    }

    private Registry afar(String cache, String signed) {
        return afar(http, cache, signed);
    }

    private Registry afar(HttpShowcase host, String cache, String signed) {
        return Registry.open(
                Location.parse(host.url()),
                Access.of(Map.of(
                        "LAUREL_CACHE",
                        folder.resolve(cache).toString(),
                        "LAUREL_POLL",
                        "1ms",
                        "LAUREL_SIGNED",
                        signed)));
    }

    @Test
    void versionsNeedARegistrarAndEverythingElseAMaintainer() throws Exception {
        trainer.signsIn(clone);
        write("models/spy-direction/model.yaml", read("models/spy-direction/model.yaml") + "# easier\n");
        write("base/deployment.yaml", "kind: Deployment\n");
        commit("Change the gate");
        assertThat(push())
                .contains(
                        "base/deployment.yaml@",
                        "signed by Trainer, who may only register (expected: signed by one who may maintain: Owner); so are 1"
                                + " more files");
    }

    @Test
    void ourOwnWritersSignAndAreRefusedBeforeTheyWrite() {
        Registry registry = showcase.registry();
        String before = registry.head().commit();
        assertThatThrownBy(() -> registry.register(new Showcase.TextDraft("model 4"), ALICE))
                .isInstanceOf(RegistryException.class)
                .hasMessage("LAUREL_SIGNING_KEY: not set (expected: the key of one who may register: Owner, Trainer)");
        assertThatThrownBy(() -> registry.promote(PRODUCTION, SPY, v(3), PASS, trainer.author()))
                .hasMessage(
                        "LAUREL_SIGNING_KEY: that of Trainer, who may only register (expected: the key of one who may"
                                + " promote:production: Owner, Promoter)");
        assertThatThrownBy(() -> registry.rollBack(PRODUCTION, SPY, null, "odd", tester.author()))
                .hasMessageStartingWith("LAUREL_SIGNING_KEY: that of Tester, who may only promote:staging ");
        assertThatThrownBy(() -> registry.promote(PRODUCTION, SPY, v(3), "mine", stranger.author()))
                .hasMessageStartingWith("LAUREL_SIGNING_KEY: SHA256:")
                .hasMessageContaining(", which laurel.yaml does not name (expected: ");
        assertThat(registry.head().commit()).isEqualTo(before);

        registry.register(new Showcase.TextDraft("model 4"), trainer.author());
        String promoted = moved(registry.promote(STAGING, SPY, v(4), PASS, tester.author()));
        registry.promote(PRODUCTION, SPY, v(4), PASS, promoter.author());
        registry.rollBack(PRODUCTION, SPY, null, "odd answers", promoter.author());
        registry.release(PRODUCTION, SPY, promoter.author());
        assertThat(registry.signer(promoted)).contains("Tester");
        assertThat(faults()).isEmpty();
        assertThat(objection()).isEmpty();
    }

    @Test
    void whoIsNamedWithoutAMaintainerIsRefused() throws Exception {
        owner.signsIn(clone);
        write("laurel.yaml", "format_version: 1\nsigners:\n" + promoter.may("promote:production"));
        commit("Lock everybody out");
        assertThat(push()).contains("laurel.yaml:2: signers: none who may maintain (expected: one at least");
    }

    @Test
    void aKeyThatIsNoneIsRefusedByItsPlace() throws Exception {
        owner.signsIn(clone);
        write("laurel.yaml", signers("  - name: Typo\n    key: ssh-ed25519 AAAA\n    roles: [register]\n"));
        commit("Name somebody");
        assertThat(push())
                .contains("laurel.yaml: signers[4].key: ssh-ed25519 AAAA (expected: an SSH public key such as");
    }

    private void revert() {
        String last = clone.run("git", "log", "-1", "--format=%H", "--", PIN).strip();
        clone.run("git", "revert", "--no-edit", last);
    }

    private void commit(String subject) {
        clone.run("git", "add", "--all");
        clone.run("git", "commit", "--quiet", "-m", subject);
    }

    private String push() {
        return clone.tryRun("git", "push").output();
    }

    /** As somebody does who can write to the repository's folder. */
    private void pushPastTheCheck() {
        clone.run("git", "push", "--quiet", showcase.bare().toString(), "main");
    }

    private void assertAccepted() {
        clone.run("git", "push", "--quiet");
        assertThat(faults()).isEmpty();
        assertThat(objection()).isEmpty();
    }

    /** The newest commit of the clone moves the pin of production and is not to, for this reason; in the end it is gone. */
    private void assertRefused(String... reasons) {
        String before = showcase.registry().head().commit();
        assertThat(push())
                .contains("! [remote rejected] main -> main (" + PIN + "@")
                .contains(reasons)
                .contains(HOW);
        assertThat(showcase.registry().head().commit()).isEqualTo(before);
        assertThat(faults()).isEmpty();
        assertThat(objection()).isEmpty();

        pushPastTheCheck();
        assertThat(faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault).startsWith(PIN + "@").contains(reasons));
        assertThat(objection())
                .hasValueSatisfying(why -> assertThat(why).startsWith("commit ").contains(reasons));
        clone.at(showcase.bare()).run("git", "update-ref", "refs/heads/main", before);
        clone.run("git", "reset", "--quiet", "--hard", before);
    }

    private List<String> faults() {
        return showcase.registry().verify(null, null, (what, done, total) -> {}).faults().stream()
                .map(Verification.Fault::toString)
                .toList();
    }

    private Optional<String> objection() {
        return showcase.registry().head().objection(PRODUCTION, SPY);
    }

    private static String moved(Promotion promotion) {
        return ((Promotion.Moved) promotion).commit();
    }

    private String read(String path) throws IOException {
        return Files.readString(clone.folder().resolve(path));
    }

    private void write(String path, String text) throws IOException {
        Path file = clone.folder().resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
