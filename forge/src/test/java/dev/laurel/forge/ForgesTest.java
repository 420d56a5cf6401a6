package dev.laurel.forge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.model.InvalidValueException;
import dev.laurel.registry.ForgeAddress;
import dev.laurel.registry.ForgeAddress.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForgesTest {
    private static final ForgeAddress GITHUB = new ForgeAddress(Kind.GITHUB, "https://github.com", "desk/models");
    private static final String REPOSITORY = "https://github.com/desk/models.git";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "https://github.com/desk/models.git, GITHUB, https://github.com, desk/models",
        "https://github.com/desk/models/, GITHUB, https://github.com, desk/models",
        "https://GitHub.com/desk/models, GITHUB, https://github.com, desk/models",
        "ssh://git@github.com:22/desk/models.git, GITHUB, https://github.com, desk/models",
        "ssh://git@gitlab.com/desk/quant/models.git, GITLAB, https://gitlab.com, desk/quant/models",
        "https://codeberg.org/desk/models, GITEA, https://codeberg.org, desk/models"
    })
    void knowsTheHostFromTheAddress(String repository, Kind kind, String url, String name) {
        assertThat(Forges.derived(repository)).contains(new ForgeAddress(kind, url, name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".laurel/models.git",
                "/srv/github.com/models.git",
                "https://git.example.com/desk/models.git",
                "https://github.com.evil.example/desk/models.git",
                "file:///srv/models.git"
            })
    void doesNotGuess(String repository) {
        assertThat(Forges.derived(repository)).isEmpty();
    }

    @Test
    void takesTheTokenFromTheEnvironmentOrFromAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("token"), "from-file\n");

        assertThat(Forges.token(GITHUB, REPOSITORY, Map.of("LAUREL_FORGE_TOKEN", "abc", "LAUREL_GIT_TOKEN", "def")))
                .isEqualTo("abc");
        assertThat(Forges.token(GITHUB, REPOSITORY, Map.of("LAUREL_FORGE_TOKEN_FILE", file.toString())))
                .isEqualTo("from-file");
        assertThat(Forges.token(GITHUB, REPOSITORY, Map.of("LAUREL_GIT_TOKEN", "def")))
                .isEqualTo("def");
        assertThat(Forges.token(GITHUB, REPOSITORY, Map.of("LAUREL_GIT_TOKEN_FILE", file.toString())))
                .isEqualTo("from-file");
    }

    @Test
    void givesGitsTokenToGitsHostOnly() {
        assertThatThrownBy(() -> Forges.token(
                        new ForgeAddress(Kind.GITEA, "https://evil.example", "desk/models"),
                        REPOSITORY,
                        Map.of("LAUREL_GIT_TOKEN", "def")))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage(
                        "LAUREL_FORGE_TOKEN: not set (expected: a token of evil.example that may open pull requests)");
    }

    @Test
    void showsNoTokenThatIsNone() {
        assertThatThrownBy(() -> Forges.token(GITHUB, REPOSITORY, Map.of("LAUREL_FORGE_TOKEN", "two words")))
                .hasMessage("LAUREL_FORGE_TOKEN: something else (expected: a token: one line without spaces)");
        assertThatThrownBy(
                        () -> Forges.token(GITHUB, REPOSITORY, Map.of("LAUREL_FORGE_TOKEN_FILE", folder + "/missing")))
                .hasMessage("LAUREL_FORGE_TOKEN_FILE: %s/missing (expected: a file that can be read)", folder);
    }
}
