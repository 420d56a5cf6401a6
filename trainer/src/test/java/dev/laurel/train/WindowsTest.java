package dev.laurel.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.judge.RowRange;
import dev.laurel.judge.Windows;
import dev.laurel.definition.Definition;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowsTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void noLabelReachesIntoTheNextWindowOrBeyondTheClock(int horizon) {
        Definition definition =
                DefinitionFixture.define().target("close", horizon).build();
        Windows windows = Windows.of(definition);
        int clock = Windows.neededRows(definition) - 1;

        assertThat(newestLabel(windows.training(), horizon))
                .isEqualTo(windows.validation().from() - 1);
        assertThat(newestLabel(windows.validation(), horizon))
                .isEqualTo(windows.evaluation().from() - 1);
        assertThat(newestLabel(windows.evaluation(), horizon)).isEqualTo(clock);
    }

    /** The newest row that the label of a row in the window looks at. */
    private static int newestLabel(RowRange window, int horizon) {
        return window.to() - 1 + horizon;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void windowsHaveTheRowsOfTheDefinitionAfterTheWarmUp(int horizon) {
        Windows windows =
                Windows.of(DefinitionFixture.define().target("close", horizon).build());

        assertThat(windows.training()).isEqualTo(new RowRange(3, 103));
        assertThat(windows.validation().rows()).isEqualTo(30);
        assertThat(windows.evaluation().rows()).isEqualTo(20);
    }
}
