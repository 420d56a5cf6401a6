package dev.laurel.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.table.Table;
import dev.laurel.model.Split;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RunClockTest {
    private final Table week = new Table(
            "date",
            List.of("2001-01-02", "2001-01-03", "2001-01-04", "2001-01-08"),
            Map.of("close", new double[] {1, 2, 3, 4}));

    @Test
    void startsAtTheAnchorOrTheFirstRowAfterIt() {
        assertThat(RunClock.next(week, split("2001-01-03"), null)).isEqualTo(1);
        assertThat(RunClock.next(week, split("2001-01-06"), null)).isEqualTo(3);
    }

    @Test
    void startsAtTheNewestRowWithoutAnAnchor() {
        assertThat(RunClock.next(week, split(null), null)).isEqualTo(3);
    }

    @Test
    void goesOneRowBeyondTheNewestVersionWhateverTheAnchorSays() {
        assertThat(RunClock.next(week, split("2001-01-02"), "2001-01-04")).isEqualTo(3);
        assertThat(RunClock.next(week, split(null), "2001-01-02")).isEqualTo(1);
    }

    @Test
    void staysAtTheNewestRow() {
        assertThat(RunClock.next(week, split(null), "2001-01-08")).isEqualTo(3);
        assertThat(RunClock.next(week, split(null), "2002-01-01")).isEqualTo(3);
    }

    @Test
    void refusesAnAnchorBehindTheNewestRow() {
        assertThatThrownBy(() -> RunClock.next(week, split("2001-01-09"), null))
                .hasMessage("anchor: 2001-01-09 (expected: at most the newest row: 2001-01-08)");
    }

    private static Split split(@Nullable String anchor) {
        return new Split(anchor == null ? null : LocalDate.parse(anchor), 10, 1, 1);
    }
}
