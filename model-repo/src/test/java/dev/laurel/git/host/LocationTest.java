package dev.laurel.git.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.model.InvalidValueException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocationTest {
    @Test
    void aPathAndAFileAddressAreFolders() {
        assertThat(Location.parse(".laurel/models.git")).isEqualTo(new Location.Folder(Path.of(".laurel/models.git")));
        assertThat(Location.parse("file:///srv/models.git/"))
                .isEqualTo(new Location.Folder(Path.of("/srv/models.git")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://git.example.com/team/models.git",
                "http://127.0.0.1:8080/git/models.git",
                "ssh://git@git.example.com:2222/team/models.git"
            })
    void addressesOfGitHostsAreTakenAsTheyAre(String address) {
        assertThat(Location.parse(address)).isInstanceOf(Location.Remote.class).hasToString(address);
        assertThat(Location.parse(address + "/")).hasToString(address);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://alice:s3cret@git.example.com/m.git|LAUREL_GIT_TOKEN",
                "https://s3cret@git.example.com/m.git|LAUREL_GIT_TOKEN",
                "https://alice:s3cret@git.example.com/a b|a folder, or an address",
                "ssh://git:s3cret@git.example.com/m.git|LAUREL_SSH_KEY",
                "git@git.example.com:team/models.git|ssh://git@git.example.com/team/models.git",
                "git://git.example.com/models.git|https://",
                "https://git.example.com|such as https://git.example.com/team/models.git",
                "https://git.example.com/m.git?x=1|such as https://git.example.com/team/models.git",
                "file://server/share/models.git|file:///srv/models.git",
                "''|a folder, or an address"
            })
    void othersAreRefusedWithARemedyAndWithoutASecret(String text, String remedy) {
        assertThatThrownBy(() -> Location.parse(text))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining(remedy)
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void oneTokenIsEnough() {
        assertThatThrownBy(() -> Access.of(Map.of("LAUREL_GIT_TOKEN", "s3cret", "LAUREL_GIT_TOKEN_FILE", "/run/token")))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("LAUREL_GIT_TOKEN: set, beside LAUREL_GIT_TOKEN_FILE (expected: one of the two)");
        assertThatThrownBy(() -> Access.of(Map.of("https_proxy", "http://alice:s3cret@proxy:3128")))
                .hasMessageContaining("a proxy without a login")
                .hasMessageNotContaining("s3cret");
        assertThatThrownBy(() -> Access.of(Map.of("LAUREL_POLL", "often"))).hasMessageContaining("500ms, 10s or 5m");
    }
}
