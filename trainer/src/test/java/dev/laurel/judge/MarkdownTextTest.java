package dev.laurel.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MarkdownTextTest {
    @Test
    void whatComesFromOutsideStaysInItsCodeSpan() {
        assertThat(MarkdownText.code("a `b`\n\n## Gate: passed | <img src=x> @alice"))
                .isEqualTo("`a 'b' ## Gate: passed ¦ <img src=x> @alice`");
    }

    @Test
    void neitherTheDirectionOfReadingNorTheTerminalIsTurned() {
        assertThat(MarkdownText.code("v\u202E7\u001B[2J\u2028\u0000")).isEqualTo("`v?7?[2J??`");
    }

    @Test
    void whatIsEmptyIsStillASpan() {
        assertThat(MarkdownText.code(" \n")).isEqualTo("`?`");
    }

    @Test
    void whatIsLongIsCutBetweenCharacters() {
        String text = MarkdownText.code("\uD83C\uDF3F".repeat(201));

        assertThat(text).isEqualTo("`" + "\uD83C\uDF3F".repeat(200) + "...`");
    }
}
