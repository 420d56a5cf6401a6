package dev.laurel.cli.define;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.cli.Laurel;
import dev.laurel.schema.DefinitionSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The schema in a models repository, where editors find it. */
class SchemaFileTest {
    private static final String FIRST = "# yaml-language-server: $schema=";

    @TempDir
    private Path folder;

    private Path repository;
    private Path clone;

    @BeforeEach
    void aRepositoryWithAllDefinitions() throws Exception {
        repository = folder.resolve("models.git");
        clone = folder.resolve("clone");
        assertThat(Laurel.run("init", "--with", "all", "--offline", "--repo", repository)
                        .exit())
                .isZero();
        git("clone", "--quiet", repository.toString(), clone.toString());
    }

    @Test
    void eachDefinitionNamesItInItsFirstLine() throws IOException {
        List<Path> definitions = new ArrayList<>();
        try (Stream<Path> files = Files.walk(clone.resolve("models"))) {
            files.filter(file -> file.endsWith("model.yaml")).forEach(definitions::add);
        }
        assertThat(definitions).hasSize(5).allSatisfy(definition -> {
            String first = Files.readAllLines(definition).get(0);
            assertThat(first).startsWith(FIRST);
            assertThat(definition.resolveSibling(first.substring(FIRST.length())))
                    .hasBinaryContent(DefinitionSchema.json());
            assertThat(Laurel.run("check", definition).exit()).isZero();
        });
        assertThat(Laurel.run("verify", "--repo", repository).out()).endsWith("no faults");
    }

    @Test
    void upgradeReplacesAnOlderOneAndLeavesItAwayWhereItWasDeleted() throws Exception {
        Path schema = clone.resolve("models/model.schema.json");
        Files.writeString(schema, "{}\n");
        push("As an older Laurel wrote it");
        assertThat(Laurel.run("upgrade", "--commit", "--repo", repository).out())
                .startsWith("write   models/model.schema.json" + System.lineSeparator() + "commit ");
        assertThat(git("--git-dir", repository.toString(), "show", "main:models/model.schema.json"))
                .isEqualTo(new String(DefinitionSchema.json(), UTF_8));

        git("-C", clone.toString(), "pull", "--quiet");
        Files.delete(schema);
        push("Nobody here has such an editor");
        assertThat(Laurel.run("upgrade", "--commit", "--repo", repository).out())
                .isEqualTo("everything is as this Laurel has it");
        assertThat(Laurel.run("verify", "--repo", repository).out()).endsWith("no faults");
    }

    private void push(String message) throws Exception {
        git("-C", clone.toString(), "commit", "--quiet", "--all", "--message", message);
        git("-C", clone.toString(), "push", "--quiet", "origin", "HEAD:main");
    }

    /** C git, with no configuration but this. */
    private static String git(String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("git", "-c", "user.name=Ada", "-c", "user.email=ada@example.org"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        Process git = builder.start();
        String said = new String(git.getInputStream().readAllBytes(), UTF_8);
        assertThat(git.waitFor()).as(said).isZero();
        return said;
    }
}
