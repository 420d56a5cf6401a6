package dev.laurel.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PaceTest {
    private final Pace pace = new Pace(3);

    @Test
    void takesSoManyInASecond() {
        assertThat(pace.takes(1, seconds(5))).isTrue();
        assertThat(pace.takes(1, seconds(5) + 1)).isTrue();
        assertThat(pace.takes(1, seconds(5) + 2)).isTrue();
        assertThat(pace.takes(1, seconds(6) - 1)).isFalse();
        assertThat(pace.takes(1, seconds(6))).isTrue();
    }

    @Test
    void whatBeginsBelowItIsTakenWhole() {
        assertThat(pace.takes(100, seconds(7))).isTrue();
        assertThat(pace.takes(1, seconds(7))).isFalse();
        assertThat(pace.takes(100, seconds(8))).isTrue();
    }

    private static long seconds(long seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }
}
