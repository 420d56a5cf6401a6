package dev.laurel.registry;

import static dev.laurel.registry.showcase.Showcase.SPY;
import static dev.laurel.registry.showcase.Showcase.TRAINER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.model.Digest;
import dev.laurel.registry.outcome.RegistryException;
import dev.laurel.registry.showcase.CommandLine;
import dev.laurel.registry.showcase.Showcase;
import dev.laurel.yaml.InvalidDocumentException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Making a models repository, and opening what may not be one. */
class RegistryFolderTest {
    @TempDir
    Path folder;

    @Test
    void laysDownABareRepositoryThatGitKnows() throws Exception {
        try (Showcase showcase = Showcase.in(folder)) {
            CommandLine git = CommandLine.in(showcase.bare());
            assertThat(git.run("git", "symbolic-ref", "HEAD")).isEqualTo("refs/heads/main\n");
            assertThat(git.run("git", "log", "--format=%an <%ae> %cn <%ce> %s", "main"))
                    .isEqualTo("Laurel trainer <trainer@laurel.example> Laurel trainer <trainer@laurel.example>"
                            + " Lay down the models repository\n");
            assertThat(git.run("git", "fsck", "--strict")).doesNotContain("warning", "error");
            assertThat(git.run("git", "config", "--list", "--local"))
                    .contains(
                            "core.bare=true\n",
                            "core.fsync=all\n",
                            "http.receivepack=true\n",
                            "receive.denynonfastforwards=true\n",
                            "receive.denydeletes=true\n",
                            "gc.auto=0\n",
                            "uploadpack.allowfilter=true\n");
            assertThat(showcase.registry().head().models()).containsExactly(SPY);
            assertThat(showcase.registry().head().definition(SPY).model()).isEqualTo(SPY);
            assertThat(showcase.registry().head().definitionDigest(SPY))
                    .isEqualTo(Digest.of(Showcase.resource("/spy-direction.yaml")));
        }
        assertOnly("models.git", "home");
    }

    @Test
    void anEmptyFolderWillDo() throws Exception {
        Files.createDirectories(folder.resolve("models.git"));
        try (Showcase showcase = Showcase.in(folder)) {
            assertThat(showcase.registry().head().environments()).isEmpty();
        }
        assertOnly("models.git");
    }

    @ParameterizedTest
    @ValueSource(strings = {"main", "master", "trunk/of/oak"})
    void anEmptyBareRepositoryWillDoWhateverItsHeadNames(String branch) throws Exception {
        CommandLine git = CommandLine.in(folder.resolve("work"));
        Path bare = folder.resolve("models.git");
        git.run("git", "init", "--quiet", "--bare", "--initial-branch=" + branch, bare.toString());
        Files.writeString(bare.resolve("hooks/post-receive"), "the owner's");

        try (Showcase showcase = Showcase.in(folder).withVersions(1)) {
            showcase.promote(1);
            assertThat(showcase.registry()
                            .verify(null, null, (what, done, of) -> {})
                            .faults())
                    .isEmpty();
        }
        CommandLine made = git.at(bare);
        assertThat(made.run("git", "symbolic-ref", "HEAD")).isEqualTo("refs/heads/main\n");
        assertThat(made.run("git", "for-each-ref", "--format=%(refname)")).isEqualTo("refs/heads/main\n");
        assertThat(made.run("git", "config", "--list", "--local"))
                .contains("receive.denydeletes=true\n", "gc.auto=0\n");
        assertThat(made.run("git", "fsck", "--strict")).doesNotContain("warning", "error");
        assertThat(bare.resolve("hooks/post-receive")).hasContent("the owner's");
        git.run("git", "clone", "--quiet", bare.toString(), "clone");
        assertThat(git.folder().resolve("clone/laurel.yaml")).exists();
    }

    @Test
    void aBareRepositoryWithACommitIsLeftAlone() throws Exception {
        CommandLine git = CommandLine.in(folder.resolve("work"));
        git.run("git", "init", "--quiet", "--initial-branch=trunk", "clone");
        git.at(git.folder().resolve("clone")).run("git", "commit", "--quiet", "--allow-empty", "-m", "Foreign");
        git.run("git", "clone", "--quiet", "--bare", "clone", "bare");
        Path bare = git.folder().resolve("bare");

        assertThatThrownBy(() -> Registry.create(bare, Showcase.definitions(), TRAINER))
                .isInstanceOf(RegistryException.class)
                .hasMessage(bare
                        + ": has refs/heads/trunk already (expected: a repository without a commit); choose another, or"
                        + " open what is there, to which `laurel upgrade --env NAME` adds an environment");
        assertThat(git.at(bare).run("git", "symbolic-ref", "HEAD")).isEqualTo("refs/heads/trunk\n");
        Path gitFolder = git.folder().resolve("clone/.git");
        assertThatThrownBy(() -> Registry.create(gitFolder, Showcase.definitions(), TRAINER))
                .hasMessageStartingWith(gitFolder + ": is not empty ");
    }

    @Test
    void aFolderWithSomethingInItIsLeftAlone() throws Exception {
        Path taken = Files.createDirectories(folder.resolve("taken"));
        Files.writeString(taken.resolve("thesis.txt"), "years of work");

        assertThatThrownBy(() -> Registry.create(taken, Showcase.definitions(), TRAINER))
                .isInstanceOf(RegistryException.class)
                .hasMessage(taken
                        + ": is not empty (expected: an empty or missing folder, or an empty bare repository; choose"
                        + " another, or open what is there)");
        assertThat(taken.resolve("thesis.txt")).hasContent("years of work");
        Path file = Files.writeString(folder.resolve("file"), "x");
        assertThatThrownBy(() -> Registry.create(file, Showcase.definitions(), TRAINER))
                .hasMessage(file + ": is a file (expected: an empty or missing folder)");
    }

    @Test
    void whatCannotBeWrittenIsNamedWithARemedy() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "x");
        Path below = file.resolve("models.git");

        assertThatThrownBy(() -> Registry.create(below, Showcase.definitions(), TRAINER))
                .isInstanceOf(RegistryException.class)
                .hasMessageStartingWith(below + ": cannot be made a models repository: ")
                .hasMessageEndingWith("(choose a folder that you can write)");
    }

    @Test
    void aBrokenDefinitionMakesNoRepository() {
        Path bare = folder.resolve("models.git");

        assertThatThrownBy(() -> Registry.create(
                        bare, new TreeMap<>(Map.of(SPY, "model: spy-direction\n".getBytes(UTF_8))), TRAINER))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageStartingWith("models/spy-direction/model.yaml:");
        assertThat(bare).doesNotExist();
    }

    @Test
    void opensOnlyAModelsRepository() throws Exception {
        Path missing = folder.resolve("missing");
        assertOpenFails(
                missing,
                missing + ": not a Git repository (expected: a models repository; make one with `laurel init`)");

        Path plain = Files.createDirectories(folder.resolve("plain"));
        assertOpenFails(
                plain, plain + ": not a Git repository (expected: a models repository; make one with `laurel init`)");

        CommandLine git = CommandLine.in(folder.resolve("foreign"));
        git.run("git", "init", "--quiet", "work");
        assertOpenFails(
                git.folder().resolve("work"),
                git.folder().resolve("work")
                        + ": a Git repository, but not a models repository: no laurel.yaml on main (choose another folder)");
        git.at(git.folder().resolve("work")).run("git", "commit", "--quiet", "--allow-empty", "-m", "Foreign");
        git.run("git", "clone", "--quiet", "--bare", "work", "bare");
        Path bare = git.folder().resolve("bare");
        assertOpenFails(
                bare,
                bare
                        + ": a Git repository, but not a models repository: no laurel.yaml on main (choose another folder)");
    }

    @Test
    void anUnknownFormatIsRefusedWithARemedy() throws Exception {
        Path bare = withFormat("format_version: 2\nroles: []\n");
        assertOpenFails(bare, "laurel.yaml: format_version: 2 (expected: 1; a newer Laurel reads newer formats)");
    }

    @Test
    void aFormatOfBeforeTheFirstReleaseIsRefusedWithARemedy() throws Exception {
        Path bare = withFormat("format_version: 0\nlayout: flat\n");
        assertOpenFails(
                bare,
                "laurel.yaml: format_version: 0 (expected: 1; a Laurel before 0.1.0 wrote it: make a new repository with `laurel init`, and train the models again)");
    }

    /** Its laurel.yaml is as it is today; the definition had other keys. */
    @Test
    void aDefinitionOfBeforeTheFirstReleaseIsRefusedWithARemedy() throws Exception {
        Path bare;
        try (Showcase showcase = Showcase.in(folder)) {
            bare = showcase.bare();
        }
        commit(
                bare,
                "models/spy-direction/model.yaml",
                "model: spy-direction\ntask: classification\ntarget:\n  column: close\n  horizon: 1\n");

        assertOpenFails(
                bare,
                bare
                        + ": laid down by a Laurel before 0.1.0: models/spy-direction/model.yaml has a task, and a target without a kind"
                        + " (expected: the format of 0.1.0, which cannot be made of it; lay down a new models repository with"
                        + " `laurel init`, or with `laurel up --home FOLDER`, and train the models again; nothing was changed here)");
    }

    @Test
    void aFormatWithAnUnknownKeyIsRefused() throws Exception {
        Path bare = withFormat("format_version: 1\nroles: []\n");
        assertThatThrownBy(() -> Registry.open(bare))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessage("laurel.yaml:2: roles: unknown key (expected: one of format_version, forge, signers)");
    }

    @Test
    void aBrokenDocumentIsNamedByItsPath() throws Exception {
        Path bare;
        try (Showcase showcase = Showcase.in(folder)) {
            bare = showcase.bare();
        }
        commit(bare, "models/spy-direction/model.yaml", "model: 3\n");
        try (Registry registry = Registry.open(bare)) {
            assertThatThrownBy(() -> registry.head().definition(SPY))
                    .isInstanceOf(InvalidDocumentException.class)
                    .hasMessageStartingWith("models/spy-direction/model.yaml:1: model: ");
        }
    }

    private Path withFormat(String text) throws Exception {
        try (Showcase showcase = Showcase.in(folder)) {
            commit(showcase.bare(), "laurel.yaml", text);
            return showcase.bare();
        }
    }

    private void commit(Path bare, String path, String text) throws Exception {
        CommandLine git = CommandLine.in(folder.resolve("work"));
        git.run("git", "clone", "--quiet", bare.toString(), "clone");
        CommandLine clone = git.at(git.folder().resolve("clone"));
        Files.writeString(clone.folder().resolve(path), text);
        clone.run("git", "commit", "--quiet", "-am", "Change it");
        clone.run("git", "push", "--quiet");
    }

    private void assertOpenFails(Path path, String message) {
        assertThatThrownBy(() -> Registry.open(path))
                .isInstanceOf(RegistryException.class)
                .hasMessage(message);
    }

    private void assertOnly(String... names) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder(names);
        }
    }
}
