package dev.laurel.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.drift.Profile;
import dev.laurel.drift.Profiles;
import dev.laurel.drift.Seen;
import dev.laurel.model.InvalidValueException;
import dev.laurel.predict.Input;
import dev.laurel.task.Answer;
import dev.laurel.task.Regression;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WindowsTest {
    private static final Answer ANSWER = new Answer.Estimated(1, "EUR");

    private final SetClock clock = new SetClock();
    private int next;

    @Test
    void anHourAndADayPass() {
        Windows windows = new Windows(profile(3), Set.of(), clock);
        add(windows, 10);
        clock.pass(Duration.ofMinutes(30));
        add(windows, 5);

        assertThat(windows.hour().rows()).isEqualTo(15);
        clock.pass(Duration.ofMinutes(40));
        assertThat(windows.hour().rows()).isEqualTo(5);
        assertThat(windows.day().rows()).isEqualTo(15);
        clock.pass(Duration.ofHours(25));
        assertThat(windows.hour().rows()).isZero();
        assertThat(windows.day().rows()).isZero();
    }

    @Test
    void whatIsKeptGoesOnElsewhere() {
        Windows windows = new Windows(profile(3), Set.of(), clock);
        add(windows, 10);
        clock.pass(Duration.ofMinutes(20));
        add(windows, 3);
        Windows.Kept kept = windows.kept("sha256");

        clock.pass(Duration.ofMinutes(2));
        Windows other = new Windows(profile(3), Set.of(), clock);
        other.restore(kept);
        add(other, 1);

        assertThat(other.hour().rows()).isEqualTo(14);
        assertThat(other.day()).isEqualTo(windows.day().plus(part(1)));
    }

    @Test
    void whatIsCountedInOtherCellsIsRefusedWhole() {
        Windows windows = new Windows(profile(5), Set.of(), clock);
        add(windows, 10);
        Windows other = new Windows(profile(3), Set.of(), clock);

        assertThatThrownBy(() -> other.restore(windows.kept("sha256"))).isInstanceOf(InvalidValueException.class);
        assertThat(other.day().rows()).isZero();
    }

    /** Counts of so many rows, as the last ones were. */
    private Seen part(int rows) {
        next -= rows;
        Windows windows = new Windows(profile(3), Set.of(), clock);
        add(windows, rows);
        return windows.day();
    }

    private void add(Windows windows, int rows) {
        for (int row = 0; row < rows; row++) {
            windows.add(List.of(new Input(new double[] {next++}, null, null, 0)), List.of(ANSWER));
        }
    }

    private static Profile profile(int rows) {
        double[][] vectors = new double[rows][];
        for (int row = 0; row < rows; row++) {
            vectors[row] = new double[] {row};
        }
        return Profiles.of(
                List.of("x"),
                Set.of("x"),
                vectors,
                new Regression("EUR"),
                new double[rows],
                List.of(),
                List.of(ANSWER));
    }

    private static final class SetClock extends Clock {
        private Instant now = Instant.parse("2026-11-29T12:01:00Z");

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
