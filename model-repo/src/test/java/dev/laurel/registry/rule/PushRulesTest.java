package dev.laurel.registry.rule;

import static dev.laurel.registry.showcase.Showcase.v;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.model.Digest;
import dev.laurel.registry.showcase.CommandLine;
import dev.laurel.registry.showcase.HttpShowcase;
import dev.laurel.registry.showcase.Showcase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pushes by C git that would leave the repository broken, and what the person who pushes is told. Long since each rule has its push.
 */
class PushRulesTest {
    private static final String PIN = "environments/production/spy-direction/champion.yaml";
    private static final String VERSIONS = "models/spy-direction/versions/00/";

    @TempDir
    Path folder;

    HttpShowcase http;
    Showcase showcase;
    CommandLine clone;
    String before;

    @BeforeEach
    void serve() {
        http = HttpShowcase.in(folder);
        showcase = http.showcase().withVersions(2);
        showcase.promote(1);
        showcase.promote(2);
        before = showcase.registry().head().commit();
        clone = http.cloned();
    }

    @AfterEach
    void close() {
        http.close();
    }

    @Test
    void refusesAPinThatNamesNoVersion() throws Exception {
        edit(PIN, "version: v2", "version: v999");
        refused(PIN + ": version: v999 of spy-direction (expected: a registered version; v1..v2 registered)");
    }

    @Test
    void refusesAPinThatNamesNoModel() throws Exception {
        write("environments/production/other/champion.yaml", read(PIN).replace("spy-direction", "other"));
        refused(
                "environments/production/other/champion.yaml: version: v2 of other (expected: a registered version; none"
                        + " is registered)");
    }

    @Test
    void refusesAPinInAnotherModelsFolder() throws Exception {
        write("environments/production/other/champion.yaml", read(PIN));
        refused("environments/production/other/champion.yaml: model: spy-direction (expected: other, as its folder)");
    }

    @Test
    void refusesAPinWithAnotherVersionsDigests() throws Exception {
        edit(PIN, "version: v2", "version: v1");
        String output = refused(PIN + ": record: ");
        assertThat(output).contains(PIN + ": digest: ");
    }

    @Test
    void refusesAPinWithAWrongSize() throws Exception {
        edit(PIN, "size: 7", "size: 8");
        refused(PIN + ": size: 8 (expected: 7)");
    }

    @Test
    void refusesAPinThatIsNoPin() throws Exception {
        edit(PIN, "by: automation", "by: nobody");
        refused(PIN + ":7: by: 'nobody' (expected: one of automation, person)");
    }

    @Test
    void refusesYamlThatIsNoYaml() throws Exception {
        write(PIN, "model: [");
        refused(PIN + ":1: ");
    }

    @Test
    void refusesAPinInAnEnvironmentWithADash() throws Exception {
        write("environments/pre-production/spy-direction/champion.yaml", read(PIN));
        refused("environment: pre-production (expected: 1..20 of a-z and 0-9, starting with a letter)");
    }

    @Test
    void refusesABrokenRelease() throws Exception {
        write("environments/production/spy-direction/released.yaml", "model: spy-direction\ncommit: HEAD\n");
        refused("environments/production/spy-direction/released.yaml:2: commit: HEAD (expected: 40 hexadecimal digits"
                + " in lower case)");
    }

    @Test
    void refusesADefinitionWithAnUnknownKeyByFileAndLine() throws Exception {
        edit("models/spy-direction/model.yaml", "seed: 42", "sede: 42");
        refused("models/spy-direction/model.yaml:");
    }

    @Test
    void refusesToTakeADefinitionFromUnderItsVersions() {
        clone.run("git", "rm", "--quiet", "models/spy-direction/model.yaml");
        refused("models/spy-direction/model.yaml: removed (expected: a definition, since versions are registered)");
    }

    @Test
    void refusesAnotherFormat() throws Exception {
        write("laurel.yaml", "format_version: 2\nsomething: new\n");
        refused("laurel.yaml: format_version: 2 (expected: 1; a newer Laurel reads newer formats)");
    }

    @Test
    void refusesAChangedVersion() throws Exception {
        write(VERSIONS + "v1/README.md", "better than it was");
        refused(VERSIONS + "v1: v1 of spy-direction is registered already and never changes");
    }

    @Test
    void refusesARemovedVersion() {
        clone.run("git", "revert", "--no-edit", "HEAD~3");
        refused(VERSIONS
                + "v1: removed (expected: kept, since only the registration of a newer version takes older ones out)");
    }

    @Test
    void refusesRemovedRows() {
        clone.run("git", "rm", "--quiet", "-r", "data");
        refused(".csv: removed (expected: kept, as long as a version names it)");
    }

    @Test
    void refusesAVersionOutOfOrder() throws Exception {
        copyVersion("v9");
        refused(VERSIONS + "v9: v9 (expected: v3, the next number)");
    }

    @Test
    void refusesAVersionWhoseRecordDoesNotCoverItsMembers() throws Exception {
        copyVersion("v3");
        write(VERSIONS + "v3/extra.md", "not in the record");
        refused(VERSIONS
                + "v3/version.yaml: members: [README.md, profile.yaml, provenance.yaml, report.yaml, spy-direction.model]"
                + " (expected: the files beside it: [README.md, extra.md, profile.yaml, provenance.yaml, report.yaml,"
                + " spy-direction.model])");
    }

    @Test
    void refusesAVersionWhoseMemberHasAnotherDigest() throws Exception {
        copyVersion("v3");
        write(VERSIONS + "v3/README.md", "# edited");
        refused(VERSIONS + "v3/README.md: digest: " + Digest.of("# edited".getBytes(UTF_8)) + " (expected: ");
    }

    @Test
    void refusesAVersionWhoseModelFileWasCommittedWithoutGitLfs() throws Exception {
        copyVersion("v3");
        write(".git/info/attributes", "*.model -filter\n");
        write(VERSIONS + "v3/spy-direction.model", "raw bytes");
        refused(VERSIONS + "v3/spy-direction.model: not the Git LFS pointer of ");
    }

    @Test
    void refusesATruncatedModelFile() throws Exception {
        Digest digest = Digest.of("model 1".getBytes(UTF_8));
        Files.writeString(showcase.bare().resolve(Showcase.lfsPath(digest)), "mod");
        clone.run("git", "revert", "--no-edit", "HEAD");
        refused("v1/spy-direction.model: bytes of " + digest + ": 3 bytes (expected: 7 bytes)");
    }

    @Test
    void refusesASymbolicLink() throws Exception {
        Files.delete(clone.folder().resolve(PIN));
        Files.createSymbolicLink(clone.folder().resolve(PIN), Path.of("elsewhere"));
        refused(PIN + ": a symbolic link or submodule (expected: a file)");
    }

    @Test
    void refusesNamesThatDifferInCaseOnly() throws Exception {
        write("models/Spy-direction/model.yaml", "x");
        assertThat(push()).contains("remote rejected");
        assertMainStands();
    }

    @Test
    void refusesNamesThatEscape() throws Exception {
        CommandLine bare = clone;
        Path blob = Files.writeString(folder.resolve("blob"), "x");
        String id = bare.run("git", "hash-object", "-w", blob.toString()).strip();
        Path listing = Files.writeString(folder.resolve("tree"), "100644 blob %s\t..\n".formatted(id));
        String tree = bare.run("sh", "-c", "git mktree < " + listing).strip();
        String commit = bare.run("git", "commit-tree", "-p", "HEAD", "-m", "Escape", tree)
                .strip();
        bare.run("git", "reset", "--quiet", "--soft", commit);

        assertThat(bare.tryRun("git", "push").output()).contains("invalid name '..'");
        assertMainStands();
    }

    @Test
    void refusesToRewriteMain() {
        clone.run("git", "reset", "--quiet", "--hard", "HEAD~1");
        assertThat(clone.tryRun("git", "push", "--force").output())
                .contains("main is not to be rewritten; fetch, then put your commits on top (git pull --rebase)");
        assertMainStands();
    }

    @Test
    void refusesAMergeThatPutsMainOnTheSecondParent() throws Exception {
        clone.run("git", "checkout", "--quiet", "-b", "mine", "HEAD~1");
        write("notes.md", "mine\n");
        clone.run("git", "add", "--all");
        clone.run("git", "commit", "--quiet", "-m", "Note something");
        clone.run("git", "merge", "--quiet", "--no-edit", "main");
        clone.run("git", "branch", "--force", "main");
        clone.run("git", "checkout", "--quiet", "main");

        refused(
                "main as it stands is not a first parent of this merge, so its history would be another one (rebase instead:"
                        + " git pull --rebase; or merge your branch into main, not main into it)");

        clone.run("git", "reset", "--quiet", "--hard", "origin/main");
        clone.run("git", "merge", "--quiet", "--no-ff", "--no-edit", "mine");
        assertThat(push()).doesNotContain("rejected");
        assertThat(showcase.registry()
                        .verify(null, null, (what, done, total) -> {})
                        .faults())
                .isEmpty();
    }

    @Test
    void refusesMainAsOneOfSeveralBranchesThatAreToMoveTogether() throws Exception {
        write("notes.md", "mine\n");
        clone.run("git", "add", "--all");
        clone.run("git", "commit", "--quiet", "-m", "Note something");
        assertThat(clone.tryRun("git", "push", "--atomic", "origin", "main", "main:other")
                        .output())
                .contains("main is to be pushed by itself (leave out --atomic, or the other branches)");
        assertMainStands();
        assertThat(clone.run("git", "ls-remote", "--heads", "origin")).hasLineCount(1);

        clone.run("git", "push", "origin", "main", "main:other");
        assertThat(clone.run("git", "ls-remote", "--heads", "origin")).hasLineCount(2);
    }

    @Test
    void refusesToDeleteMain() {
        assertThat(clone.tryRun("git", "push", "origin", ":main").output()).contains("main is not to be deleted");
        assertMainStands();
    }

    @Test
    void acceptsARevertARevertOfTheRevertAndAWithdrawal() {
        clone.run("git", "revert", "--no-edit", "HEAD");
        clone.run("git", "push");
        assertThat(showcase.pin().version()).isEqualTo(v(1));
        clone.run("git", "revert", "--no-edit", "HEAD");
        clone.run("git", "push");
        assertThat(showcase.pin().version()).isEqualTo(v(2));
        clone.run("git", "rm", "--quiet", PIN);
        clone.run("git", "commit", "--quiet", "-m", "Withdraw");
        clone.run("git", "push");
        assertThat(showcase.registry().head().pins(Showcase.PRODUCTION)).isEmpty();
    }

    @Test
    void acceptsANewModelAndAnyOtherFile() throws Exception {
        write("models/qqq/model.yaml", read("models/spy-direction/model.yaml").replace("spy-direction", "qqq"));
        write("base/deployment.yaml", "kind: Deployment\n");
        write("environments/production/server/kustomization.yaml", "kind: Component\n");
        assertThat(push()).doesNotContain("rejected");
        assertThat(showcase.registry().head().models()).hasSize(2);
    }

    private void copyVersion(String version) throws Exception {
        clone.run("cp", "-r", VERSIONS + "v2", VERSIONS + version);
        edit(VERSIONS + version + "/version.yaml", "version: v2", "version: " + version);
    }

    private String read(String path) throws IOException {
        return Files.readString(clone.folder().resolve(path));
    }

    private void write(String path, String text) throws IOException {
        Path file = clone.folder().resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void edit(String path, String old, String text) throws IOException {
        assertThat(read(path)).contains(old);
        write(path, read(path).replace(old, text));
    }

    private String push() {
        clone.run("git", "add", "--all");
        clone.tryRun("git", "commit", "--quiet", "-m", "Change something");
        return clone.tryRun("git", "push").output();
    }

    private String refused(String message) {
        String output = push();
        assertThat(output).contains("! [remote rejected] main -> main (").contains(message);
        assertMainStands();
        return output;
    }

    private void assertMainStands() {
        assertThat(showcase.registry().head().commit()).isEqualTo(before);
    }
}
