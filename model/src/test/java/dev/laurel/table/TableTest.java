package dev.laurel.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.model.InvalidValueException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(doubles = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void refusesAValueThatIsNotFinite(double value) {
        assertThatThrownBy(() -> table(4, value, 6))
                .hasMessage("close at 2020-01-03: " + value + " (expected: a finite number)");
    }

    @Test
    void tellsWhatIsMissing() {
        Table table = flowers();

        assertThat(table.isMissing("petal", 0)).isFalse();
        assertThat(table.isMissing("petal", 1)).isTrue();
        assertThat(table.value("petal", 1)).isNaN();
        assertThat(table.isMissing("colour", 1)).isFalse();
        assertThat(table.isMissing("colour", 2)).isTrue();
        assertThat(table.word("colour", 2)).isNull();
        assertThat(table(4, 5, 6).isMissing("date", 0)).as("keys never are").isFalse();
    }

    @Test
    void keepsRowsWithoutKeys() {
        Table table = flowers();

        assertThat(table.isKeyed()).isFalse();
        assertThat(table.keyColumn()).isNull();
        assertThat(table.keyOrNull(0)).isNull();
        assertThat(table.place(0)).isEqualTo("row 1");
        assertThat(table.slice(1, 3).rows()).isEqualTo(2);
        assertThat(table.slice(1, 3).word("colour", 0)).isEqualTo("white");
        assertThatThrownBy(() -> table.key(0)).hasMessage("key: none (expected: a source whose rows have one)");
    }

    @Test
    void givesTheKeyAsAWord() {
        assertThat(table(4, 5, 6).word("date", 1)).isEqualTo("2020-01-03");
        assertThat(table(4, 5, 6).place(1)).isEqualTo("2020-01-03");
    }

    @Test
    void doesNotMixWordsAndNumbers() {
        assertThatThrownBy(() -> flowers().value("colour", 0)).hasMessage("column colour: words (expected: numbers)");
        assertThatThrownBy(() -> flowers().word("petal", 0)).hasMessage("column petal: numbers (expected: words)");
    }

    @Test
    void takesOtherValuesForOneColumn() {
        Table table = flowers();
        Table other = table.with("petal", new Column.Numbers(new double[] {7, 8, 9}));

        assertThat(other.value("petal", 1)).isEqualTo(8);
        assertThat(other.word("colour", 0)).isEqualTo("red");
        assertThat(table.value("petal", 0)).isEqualTo(1);
    }

    @Test
    void saysWhichColumnsThereAre() {
        assertThatThrownBy(() -> table(4, 5, 6).value("volume", 0))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("column: volume (expected: one of [close])");
    }

    private static Table flowers() {
        return Table.unkeyed(
                3,
                Map.of(
                        "petal", new Column.Numbers(new double[] {1, Double.NaN, 3}),
                        "colour", new Column.Words(new @Nullable String[] {"red", "white", null})));
    }

    private static Table table(double... close) {
        return new Table("date", DAYS, Map.of("close", close));
    }
}
