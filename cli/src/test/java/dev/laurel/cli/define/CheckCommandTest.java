package dev.laurel.cli.define;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.cli.Laurel;
import dev.laurel.cli.Showcase;
import dev.laurel.cli.repository.Starter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckCommandTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"spy-direction", "iris", "airline-passengers", "gold-change", "damage-incidence"})
    void whatIsPartOfLaurelIsRight(String name) throws IOException {
        Path file = Files.writeString(folder.resolve("model.yaml"), definition(name));
        assertThat(Laurel.run("check", file)).isEqualTo(new Laurel(0, file + ": right", ""));
    }

    @Test
    void eachMistakeIsALine() throws IOException {
        Path file = Files.writeString(
                folder.resolve("model.yaml"),
                definition("iris").replace("seed: 42", "sed: 42").replace("trees: 50", "trees: -5"));
        assertThat(Laurel.run("check", file)).satisfies(run -> {
            assertThat(run.exit()).isOne();
            assertThat(run.out().lines())
                    .satisfiesExactly(
                            line -> assertThat(line)
                                    .matches(
                                            ".*model.yaml:\\d+:12: experiments\\[0].trees: -5 \\(expected: 1..10000\\)"),
                            line -> assertThat(line)
                                    .matches(
                                            ".*model.yaml:\\d+:1: sed: unknown key \\(expected: .*; did you mean seed\\?\\)"));
        });
    }

    @Test
    void aModelOfTheRepositoryIsCheckedByItsName() {
        Path repository = Showcase.in(folder);
        assertThat(Laurel.run("check", "daily", "--repo", repository))
                .isEqualTo(new Laurel(0, "models/daily/model.yaml: right", ""));
    }

    @Test
    void aFileThatIsNotThereIsSaid() {
        assertThat(Laurel.run("check", "nope.yaml"))
                .isEqualTo(new Laurel(
                        1,
                        "",
                        "laurel: file: nope.yaml (expected: a definition that can be read, or the name of a model)"));
    }

    static String definition(String name) throws IOException {
        try (InputStream file = Objects.requireNonNull(Starter.class.getResourceAsStream(name + ".yaml"), name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("${chosen}", "source")
                    .replace("${anchor}", "2020-01-02");
        }
    }
}
