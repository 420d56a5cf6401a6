package dev.laurel.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.yaml.InvalidDocumentException;
import dev.laurel.yaml.Yaml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
