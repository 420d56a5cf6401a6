package dev.laurel.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.yaml.InvalidDocumentException;
import dev.laurel.yaml.Yaml;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            path: ../secret.csv             | path: '../secret.csv' (expected: a path below the data folder, without ..)
            path: /etc/passwd               | path: '/etc/passwd' (expected: a path below the data folder, without ..)
            path: ' '                       | path: ' ' (expected: a path below the data folder, without ..)
            path: a.csv, delimiter: ;;      | delimiter: ;; (expected: one character)
            path: a.csv, decimal: ','       | decimal: , (expected: one character, another one than the delimiter)
            path: a.csv, thousands: .       | thousands: . (expected: one character, another one than the decimal mark)
            path: a.csv, encoding: EBCDIC   | encoding: EBCDIC (expected: UTF-8, ISO-8859-1 or windows-1252)
            path: a.csv, chosen: fallback   | chosen: fallback (expected: a fallback beside it, or source)
            key: date                       | path: missing (expected: a value)
            """, quoteCharacter = '"')
    void refusesAFileThatCannotBe(String keys, String problem) {
        assertThatThrownBy(() -> csv(keys))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessage("file.yaml:1: " + problem);
    }

    @Test
    void knowsWhatStandsForAMissingValue() {
        Source.Csv usual = csv("path: a.csv");
        Source.Csv named = csv("path: a.csv, missing: [none]");

        assertThat(usual.isMissing("#N/A")).isTrue();
        assertThat(usual.isMissing("none")).isFalse();
        assertThat(named.isMissing("none")).isTrue();
        assertThat(named.isMissing("#N/A")).isFalse();
        assertThat(named.isMissing("")).as("an empty field always is").isTrue();
    }

    @Test
    void readsTheFallbackThatWasChosen() {
        assertThat(csv("path: a.csv, fallback: iris, chosen: fallback").effective())
                .isEqualTo(new Source.Bundled("iris"));
        Source.Csv undecided = csv("path: a.csv, fallback: iris");
        assertThat(undecided.effective()).isSameAs(undecided);
    }

    private static Source.Csv csv(String keys) {
        byte[] document = ("{kind: csv, " + keys + "}").getBytes(StandardCharsets.UTF_8);
        return (Source.Csv) Yaml.read(document, "file.yaml", Source.class);
    }
}
