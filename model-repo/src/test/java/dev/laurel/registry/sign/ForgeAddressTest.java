package dev.laurel.registry.sign;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.registry.outcome.ForgeAddress;
import dev.laurel.yaml.InvalidDocumentException;
import dev.laurel.yaml.Yaml;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForgeAddressTest {
    private static Format format(String forge) {
        return Yaml.read(("format_version: 1\nforge: " + forge + "\n").getBytes(UTF_8), "laurel.yaml", Format.class);
    }

    @Test
    void isReadFromLaurelYaml() {
        assertThat(format("{kind: gitlab, url: https://git.example.com, repository: desk/quant/models}")
                        .forge())
                .isEqualTo(new ForgeAddress(ForgeAddress.Kind.GITLAB, "https://git.example.com", "desk/quant/models"));
    }

    @Test
    void isNotNeeded() {
        assertThat(Yaml.read("format_version: 1\n".getBytes(UTF_8), "laurel.yaml", Format.class))
                .isEqualTo(Format.CURRENT);
        assertThat(new String(Yaml.write(Format.CURRENT), UTF_8)).isEqualTo("format_version: 1\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:3000",
                "http://127.0.0.1:3000",
                "http://[::1]:3000",
                "http://forgejo:3000",
                "http://git.laurel.svc:3000",
                "http://git.laurel.svc.cluster.local:3000",
                "http://192.168.56.10:30300",
                "http://10.0.0.7",
                "http://172.31.0.1"
            })
    void needsNoTlsNearby(String url) {
        assertThat(new ForgeAddress(ForgeAddress.Kind.GITEA, url, "laurel/models").url())
                .isEqualTo(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://172.32.0.1",
                "http://192.169.0.1",
                "http://10.example.com",
                "http://134744072",
                "http://git.svc.example.com",
                "http://192.168.56.10.example.com"
            })
    void needsTlsElsewhere(String url) {
        assertThatThrownBy(() -> new ForgeAddress(ForgeAddress.Kind.GITEA, url, "laurel/models"))
                .hasMessageContaining("url: " + url);
    }

    @ParameterizedTest
    @CsvSource({
        "http://192.168.56.10:30300/laurel/models.git, http://192.168.56.10:30300, laurel/models",
        "https://git.example.com/desk/models,          https://git.example.com,    desk/models",
        "ssh://git@git.example.com:2222/desk/models.git/, https://git.example.com, desk/models"
    })
    void followsFromTheAddressThatGitUses(String git, String url, String repository) {
        assertThat(ForgeAddress.of(ForgeAddress.Kind.GITEA, URI.create(git)))
                .isEqualTo(new ForgeAddress(ForgeAddress.Kind.GITEA, url, repository));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {kind: github, url: 'http://git.example.com', repository: desk/models}          | url: http://git.example.com
            {kind: github, url: 'https://me:secret@git.example.com', repository: desk/models} | url
            {kind: github, url: 'https://git.example.com?a=b', repository: desk/models}     | url
            {kind: github, url: 'git.example.com', repository: desk/models}                 | url: git.example.com
            {kind: github, url: 'https://git.example.com', repository: desk/quant/models}   | repository: desk/quant/models
            {kind: gitea, url: 'https://git.example.com', repository: ../models}            | repository: ../models
            {kind: gitlab, url: 'https://git.example.com', repository: models}              | repository: models
            {kind: bitbucket, url: 'https://git.example.com', repository: desk/models}      | bitbucket
            {kind: gitea, url: 'https://git.example.com'}                                   | repository
            {kind: gitea, url: 'https://git.example.com', repository: a/b, token: abc}      | token
            """)
    void whatElseStandsThereIsRefused(String forge, String message) {
        assertThatThrownBy(() -> format(forge))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("secret");
    }
}
