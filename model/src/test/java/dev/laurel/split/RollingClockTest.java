package dev.laurel.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.table.Table;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RollingClockTest {
    private final Table week = new Table(
            "date",
            List.of("2001-01-02", "2001-01-03", "2001-01-04", "2001-01-08"),
            Map.of("close", new double[] {1, 2, 3, 4}));

    @Test
    void startsAtTheAnchorOrTheFirstRowAfterIt() {
        assertThat(split("2001-01-03").clock(week, null)).isEqualTo(1);
        assertThat(split("2001-01-06").clock(week, null)).isEqualTo(3);
    }

    @Test
    void startsAtTheNewestRowWithoutAnAnchor() {
        assertThat(split(null).clock(week, null)).isEqualTo(3);
    }

    @Test
    void goesOneRowBeyondTheNewestVersionWhateverTheAnchorSays() {
        assertThat(split("2001-01-02").clock(week, "2001-01-04")).isEqualTo(3);
        assertThat(split(null).clock(week, "2001-01-02")).isEqualTo(1);
    }

    @Test
    void staysAtTheNewestRow() {
        assertThat(split(null).clock(week, "2001-01-08")).isEqualTo(3);
        assertThat(split(null).clock(week, "2002-01-01")).isEqualTo(3);
    }

    @Test
    void refusesAnAnchorBehindTheNewestRow() {
        assertThatThrownBy(() -> split("2001-01-09").clock(week, null))
                .hasMessage("anchor: 2001-01-09 (expected: at most the newest row: 2001-01-08)");
    }

    private static Split split(@Nullable String anchor) {
        return new Rolling(anchor == null ? null : LocalDate.parse(anchor), 10, 1, 1);
    }
}
