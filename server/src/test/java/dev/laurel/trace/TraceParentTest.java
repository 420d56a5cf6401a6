package dev.laurel.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParentTest {
    private static final String USUAL = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Test
    void saysWhatItRead() {
        assertThat(TraceParent.parse(USUAL).orElseThrow().text()).isEqualTo(USUAL);
        assertThat(TraceParent.parse(USUAL.replace("-01", "-00")).orElseThrow().sampled())
                .isFalse();
    }

    @Test
    void aLaterVersionMaySayMore() {
        assertThat(TraceParent.parse("cc" + USUAL.substring(2) + "-what-the-future-holds"))
                .isEqualTo(TraceParent.parse(USUAL));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7"
            })
    void whatIsNotWellFormedIsPassedOver(String header) {
        assertThat(TraceParent.parse(header)).isEmpty();
    }
}
