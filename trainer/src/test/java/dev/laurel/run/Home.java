package dev.laurel.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.definition.Definition;
import dev.laurel.evaluation.Report;
import dev.laurel.forge.Forge;
import dev.laurel.model.Environment;
import dev.laurel.model.Pin;
import dev.laurel.model.Provenance;
import dev.laurel.model.Version;
import dev.laurel.model.VersionRecord;
import dev.laurel.propose.PullRequests;
import dev.laurel.registry.Author;
import dev.laurel.registry.Registry;
import dev.laurel.source.RowStore;
import dev.laurel.yaml.Yaml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A models repository with one model, its rows and its trainer: all real, on disk. */
final class Home implements AutoCloseable {
    static final Environment PRODUCTION = new Environment("production");
    static final Author AUTOMATION = new Author("Trainer", "trainer@laurel.example");
    static final Author ALICE = new Author("Alice", "alice@laurel.example");
    static final Clock TIME = Clock.fixed(Instant.parse("2026-11-21T10:15:30Z"), ZoneOffset.UTC);

    final Path folder;
    final Registry registry;
    final List<String> lines = new ArrayList<>();
    Optional<Forge> host = Optional.empty();

    Home(Path folder, Definition definition) {
        this(create(folder, definition));
    }

    /** With the models repository that stands in the folder. */
    Home(Path folder) {
        this.folder = folder;
        this.registry = Registry.open(folder.resolve("models.git"));
    }

    private static Path create(Path folder, Definition definition) {
        Registry.create(
                        folder.resolve("models.git"),
                        new TreeMap<>(Map.of(definition.model(), Yaml.write(definition))),
                        ALICE)
                .close();
        return folder;
    }

    RunOutcome run() {
        return run(lines::add);
    }

    RunOutcome run(Progress progress) {
        return trainer(progress, TIME).run(DefinitionFixture.MODEL);
    }

    /** What goes on from run to run, as in a process that stays. */
    TrainingRun trainer(Progress progress, Clock time) {
        RowStore rows = new RowStore(folder.resolve("rows"), true, TIME);
        return new TrainingRun(registry, rows, pullRequests(), PRODUCTION, AUTOMATION, progress, time);
    }

    PullRequests pullRequests() {
        return new PullRequests(registry, () -> host);
    }

    RunOutcome.Registered runAndRegister() {
        RunOutcome outcome = run();
        assertThat(outcome).isInstanceOf(RunOutcome.Registered.class);
        return (RunOutcome.Registered) outcome;
    }

    Optional<Version> champion() {
        return registry.head().pin(PRODUCTION, DefinitionFixture.MODEL).map(Pin::version);
    }

    List<Version> versions() {
        return registry.head().versions(DefinitionFixture.MODEL);
    }

    VersionRecord record(int version) {
        return registry.head().record(DefinitionFixture.MODEL, new Version(version));
    }

    Report report(int version) {
        return registry.head().report(DefinitionFixture.MODEL, new Version(version));
    }

    Provenance provenance(int version) {
        return registry.head().provenance(DefinitionFixture.MODEL, new Version(version));
    }

    byte[] fetch(VersionRecord.Content content) {
        return registry.fetch(content.digest(), content.size());
    }

    Path lfsObject(VersionRecord.Content content) {
        String hex = content.digest().hex();
        return folder.resolve("models.git/lfs/objects")
                .resolve(hex.substring(0, 2))
                .resolve(hex.substring(2, 4))
                .resolve(hex);
    }

    /** A file of main as C git shows it. */
    String show(String path) {
        return git(folder.resolve("models.git"), "show", "main:" + path);
    }

    /** Changes the definition the way a person does: clone, edit, commit, push. */
    void push(byte[] definition) {
        Path clone = folder.resolve("clone");
        if (Files.notExists(clone)) {
            git(folder, "clone", "--quiet", "models.git", "clone");
        }
        git(clone, "pull", "--quiet");
        try {
            Files.write(clone.resolve("models/" + DefinitionFixture.MODEL + "/model.yaml"), definition);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        git(clone, "add", "models/" + DefinitionFixture.MODEL + "/model.yaml");
        git(clone, "commit", "--quiet", "-m", "Change the definition");
        git(clone, "push", "--quiet");
    }

    /** Sets main back to an earlier commit, as nobody but the owner of the folder can. */
    void reset(String commit) {
        git(folder.resolve("models.git"), "update-ref", "refs/heads/main", commit);
    }

    String url() {
        return folder.resolve("models.git").toUri().toString();
    }

    /** Merges a branch the way a person does: clone, merge, push. */
    void merge(String branch) {
        Path clone = folder.resolve("clone");
        if (Files.notExists(clone)) {
            git(folder, "clone", "--quiet", "models.git", "clone");
        }
        git(clone, "pull", "--quiet");
        git(clone, "merge", "--quiet", "--no-ff", "--no-edit", "origin/" + branch);
        git(clone, "push", "--quiet");
    }

    static String git(Path folder, String... arguments) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(
                List.of("-c", "user.name=Alice", "-c", "user.email=alice@laurel.example", "-c", "core.hooksPath=none"));
        command.addAll(List.of(arguments));
        return run(folder, command.toArray(new String[0]));
    }

    /** A command that sees nothing of the machine's Git configuration; what it printed. */
    static String run(Path folder, String... command) {
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
            builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
            builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
            builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor())
                    .as("%s printed: %s", List.of(command), output)
                    .isZero();
            return output;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        registry.close();
    }
}
