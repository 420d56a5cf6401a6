package dev.laurel.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.definition.Definition;
import dev.laurel.source.Rows;
import dev.laurel.table.Table;
import org.junit.jupiter.api.Test;

class RunRowsTest {
    private final Definition definition = DefinitionFixture.define().build();
    private final int needed = DefinitionFixture.define().neededRows();
    private final Table walk = Tables.walk(needed + 50, 3);

    @Test
    void nothingAfterTheClockOrBeforeTheWarmUpIsKept() {
        int clock = needed + 20;
        RunRows rows = until(clock, walk);

        assertThat(rows.table().keys()).isEqualTo(walk.keys().subList(21, clock + 1));
        assertThat(rows.clock()).isEqualTo(walk.key(clock));
        assertThat(until(clock, Tables.garbledFrom(clock + 1, walk)).csv()).isEqualTo(rows.csv());
        assertThat(until(clock, Tables.garbledFrom(clock, walk)).csv()).isNotEqualTo(rows.csv());
    }

    @Test
    void aHistoryOfJustTheRowsNeededIsEnough() {
        assertThat(until(needed - 1, walk).table().rows()).isEqualTo(needed);
    }

    private RunRows until(int clock, Table table) {
        return RunRows.next(new Rows(table, "a test", "", false), definition, table.key(clock - 1));
    }
}
