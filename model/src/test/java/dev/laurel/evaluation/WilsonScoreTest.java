package dev.laurel.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WilsonScoreTest {

    /** The examples of Newcombe, "Two-sided confidence intervals for the single proportion" (1998), table I, method 3. */
    @ParameterizedTest
    @CsvSource({"81, 263, 0.2553, 0.3662", "15, 148, 0.0624, 0.1605", "0, 20, 0.0000, 0.1611", "1, 29, 0.0061, 0.1718"})
    void isThatOfTheTextbook(int part, int whole, double low, double high) {
        Interval interval = WilsonScore.interval(part, whole).orElseThrow();

        assertThat(interval.low()).isCloseTo(low, within(5e-5));
        assertThat(interval.high()).isCloseTo(high, within(5e-5));
    }

    @Test
    void mirrorsForTheRowsThatAreNot() {
        Interval some = WilsonScore.interval(15, 148).orElseThrow();
        Interval others = WilsonScore.interval(133, 148).orElseThrow();

        assertThat(others.low()).isCloseTo(1 - some.high(), within(1e-12));
        assertThat(others.high()).isCloseTo(1 - some.low(), within(1e-12));
    }

    @Test
    void staysWithinZeroAndOne() {
        assertThat(WilsonScore.interval(0, 7).orElseThrow().low()).isZero();
        assertThat(WilsonScore.interval(7, 7).orElseThrow().high()).isEqualTo(1);
    }

    @Test
    void ofNothingIsNoShare() {
        assertThat(WilsonScore.interval(0, 0)).isEmpty();
    }

    @Test
    void refusesAPartThatIsMoreThanTheWhole() {
        assertThatThrownBy(() -> WilsonScore.interval(8, 7)).hasMessage("part: 8 (expected: 0..7)");
    }
}
