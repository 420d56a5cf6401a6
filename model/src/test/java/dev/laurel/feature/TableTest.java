package dev.laurel.feature;

import dev.laurel.table.Table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.model.InvalidValueException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TableTest {
    private static final List<String> DAYS = List.of("2020-01-02", "2020-01-03", "2020-01-06");

    @Test
    void keepsRowsAndColumnsInTheirOrder() {
        Map<String, double[]> columns = new LinkedHashMap<>();
        columns.put("open", new double[] {1, 2, 3});
        columns.put("close", new double[] {4, 5, 6});
        Table table = new Table("date", DAYS, columns);

        assertThat(table.rows()).isEqualTo(3);
        assertThat(table.keyColumn()).isEqualTo("date");
        assertThat(table.keys()).isEqualTo(DAYS);
        assertThat(table.columns()).containsExactly("open", "close");
        assertThat(table.value("close", 1)).isEqualTo(5);
    }

    @Test
    void doesNotChangeWithTheArrayItWasMadeOf() {
        double[] close = {4, 5, 6};
        Table table = table(close);
        close[0] = 99;

        assertThat(table.value("close", 0)).isEqualTo(4);
    }

    @Test
    void cutsOutNeighbouringRows() {
        Table slice = table(4, 5, 6).slice(1, 3);

        assertThat(slice.keys()).containsExactly("2020-01-03", "2020-01-06");
        assertThat(slice.value("close", 0)).isEqualTo(5);
        assertThat(table(4, 5, 6).slice(1, 1).rows()).isZero();
    }

    @Test
    void findsRowsByTheirKey() {
        Table table = table(4, 5, 6);

        assertThat(table.firstAtOrAfter("2019-12-31")).isZero();
        assertThat(table.firstAtOrAfter("2020-01-03")).isEqualTo(1);
        assertThat(table.firstAtOrAfter("2020-01-04")).isEqualTo(2);
        assertThat(table.firstAtOrAfter("2020-01-07")).isEqualTo(3);
        assertThat(table.firstAfter("2020-01-03")).isEqualTo(2);
        assertThat(table.firstAfter("2020-01-04")).isEqualTo(2);
        assertThat(table.firstAfter("2020-01-06")).isEqualTo(3);
    }

    @Test
    void refusesKeysThatDoNotRise() {
        assertThatThrownBy(() -> new Table("date", List.of("2020-01-03", "2020-01-03"), Map.of()))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("date: 2020-01-03 (expected: a key after the one before it: 2020-01-03)");
        assertThatThrownBy(() -> new Table("date", List.of("2020-01-03", "2020-01-02"), Map.of()))
                .isInstanceOf(InvalidValueException.class);
    }

    @Test
    void refusesAColumnOfAnotherLength() {
        assertThatThrownBy(() -> table(4, 5)).hasMessage("column close: 2 values (expected: 3 values)");
    }

    @Test
    void refusesAValueThatIsNotFinite() {
        assertThatThrownBy(() -> table(4, Double.NaN, 6))
                .hasMessage("close at 2020-01-03: NaN (expected: a finite number)");
    }

    @Test
    void saysWhichColumnsThereAre() {
        assertThatThrownBy(() -> table(4, 5, 6).value("volume", 0))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("column: volume (expected: one of [close])");
    }

    private static Table table(double... close) {
        return new Table("date", DAYS, Map.of("close", close));
    }
}
