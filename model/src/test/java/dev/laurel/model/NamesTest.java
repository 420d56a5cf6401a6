package dev.laurel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.definition.Schedule;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names and numbers become folders, labels and parts of URLs. */
class NamesTest {
    private static final String HEX = "0123456789abcdef".repeat(4);

    @ParameterizedTest
    @ValueSource(strings = {"a", "spy-direction", "spy--direction", "m2", "abcdefghijabcdefghijabcdefghijabcdefghij"})
    void acceptsTheNameOfAModel(String name) {
        assertThat(new ModelName(name)).hasToString(name);
    }

    @Test
    void leavesTheNameOfTheFolderOfAServerToIt() {
        assertThatThrownBy(() -> new ModelName("server"))
                .hasMessage("model: server (expected: another name; this one is that of an environment's server)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"5m", "6h", "7d", "1d", "90m"})
    void readsASchedule(String schedule) {
        assertThat(Schedule.parse(schedule)).hasToString(schedule);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0d", "1", "d", "1w", "1.5h", "-1h", " 1h", "99999d", "@daily"})
    void refusesWhatIsNoSchedule(String schedule) {
        assertThatThrownBy(() -> Schedule.parse(schedule))
                .hasMessageEndingWith("(expected: a time such as 5m, 6h or 7d)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"production", "p", "staging2", "abcdefghijabcdefghij"})
    void acceptsTheNameOfAnEnvironment(String name) {
        assertThat(new Environment(name)).hasToString(name);
    }

    /** What leaves a folder, hides in one, is read as something else, or looks like another name. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ".",
                "..",
                "../x",
                "a/b",
                "a\\b",
                "/a",
                "a/..",
                ".git",
                "a.git",
                "a.lock",
                "a\0",
                "\0",
                "a\n",
                "a\r",
                "a b",
                " a",
                "a ",
                "A",
                "Spy",
                "sPy",
                "-a",
                "a-",
                "--upload-pack",
                "1a",
                "a_b",
                "a:b",
                "a~1",
                "a^",
                "a@{0}",
                "a*",
                "a?",
                "a%2e",
                "spy\u2010direction",
                "\u0430bc",
                "spÿ",
                "ſpy",
                "ａbc",
                "a\u200b",
                "a\u202e",
                "ｅ",
                "İ"
            })
    void refusesNamesThatDoHarm(String name) {
        assertThatThrownBy(() -> new ModelName(name)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> new Environment(name)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> Version.parse(name)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> Digest.parse(name)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> new Digest(name)).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void refusesNamesThatAreTooLongOrHaveADash() {
        assertThatThrownBy(() -> new ModelName("a".repeat(41))).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> new Environment("a".repeat(21))).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> new Environment("pre-production"))
                .hasMessage("environment: pre-production (expected: 1..20 of a-z and 0-9, starting with a letter)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1", "v7", "v999999999"})
    void readsAVersionAsItIsWritten(String version) {
        assertThat(Version.parse(version)).hasToString(version);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"v0", "v01", "7", "V7", "v-1", "v+1", "v1.0", "v1 ", "v1\n", "v9999999999", "v٧", "v", "vv1"})
    void refusesWhatIsNoVersion(String version) {
        assertThatThrownBy(() -> Version.parse(version))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageEndingWith("(expected: v1, v2, ...)");
    }

    @Test
    void countsVersionsUp() {
        assertThat(new Version(7).next()).isEqualTo(new Version(8)).isGreaterThan(new Version(7));
        assertThatThrownBy(() -> new Version(0)).hasMessage("version: 0 (expected: 1..999999999)");
    }

    @Test
    void writesTheDigestOfBytesWithItsAlgorithm() {
        // The SHA-256 of "abc", from FIPS 180-4.
        Digest digest = Digest.of("abc".getBytes(StandardCharsets.US_ASCII));

        assertThat(digest)
                .hasToString("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
                .isEqualTo(Digest.parse(digest.toString()));
    }

    @Test
    void refusesADigestOfAnotherForm() {
        assertThat(Digest.parse("sha256:" + HEX).hex()).isEqualTo(HEX);
        for (String broken : new String[] {
            HEX,
            "sha256:",
            "sha256:" + HEX.substring(1),
            "sha256:" + HEX + "0",
            "SHA256:" + HEX,
            "sha512:" + HEX,
            "sha256:" + HEX.replace('a', 'A'),
            "sha256:" + HEX.replace('a', 'g'),
            " sha256:" + HEX,
            "sha256:" + HEX + "\n",
            "sha256:../" + HEX.substring(3)
        }) {
            assertThatThrownBy(() -> Digest.parse(broken)).as(broken).isInstanceOf(InvalidValueException.class);
        }
    }

    @Test
    void showsNoControlCharacterOfARefusedNameAndOnlyItsBeginning() {
        assertThatThrownBy(() -> new ModelName("\u001b[31m\n" + "x".repeat(1000)))
                .message()
                .startsWith("model: ?[31m?xxx")
                .hasSizeLessThan(200);
    }
}
