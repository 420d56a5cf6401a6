package dev.laurel.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.model.Digest;
import dev.laurel.table.Table;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BundledFileTest {
    private static Table all(String name, String... words) {
        return BundledFile.of(name)
                .read(new CsvTable.Asked(null, Set.of(words)))
                .table();
    }

    private static double[] sums(Table table) {
        return table.columns().stream()
                .mapToDouble(column -> Math.round(IntStream.range(0, table.rows())
                                        .mapToDouble(row -> table.value(column, row))
                                        .sum()
                                * 10)
                        / 10.0)
                .toArray();
    }

    @Test
    void holdsTheDailyIndexFrom2000To2020() {
        Table table = BundledFile.of("sp500-2000")
                .read(new CsvTable.Asked(Set.of("close"), Set.of()))
                .table();

        assertThat(table.rows()).isEqualTo(5105);
        assertThat(table.keyColumn()).isEqualTo("date");
        assertThat(table.columns()).containsExactly("open", "high", "low", "close", "adjclose", "volume");
        assertThat(table.key(0)).isEqualTo("2000-01-03");
        assertThat(table.value("close", 0)).isEqualTo(1455.219971);
        assertThat(table.value("volume", 0)).isEqualTo(931_800_000);
        assertThat(table.key(5104)).isEqualTo("2020-04-17");
        assertThat(table.value("close", 5104)).isEqualTo(2874.560059);
    }

    @Test
    void holdsTheFlowersOfThreeSpecies() {
        Table words = all("iris", "species");
        Table numbers = BundledFile.of("iris")
                .read(new CsvTable.Asked(
                        Set.of("sepal_length", "sepal_width", "petal_length", "petal_width"), Set.of()))
                .table();

        assertThat(words.isKeyed()).isFalse();
        assertThat(words.columns())
                .containsExactly("sepal_length", "sepal_width", "petal_length", "petal_width", "species");
        assertThat(IntStream.range(0, 150).mapToObj(row -> words.word("species", row)))
                .containsOnly("setosa", "versicolor", "virginica")
                .hasSize(150);
        // Of the petals' and the sepals' lengths and widths, as Fisher gives them: means 3.758, 1.199, 5.843 and 3.057.
        assertThat(sums(numbers)).containsExactly(563.7, 179.9, 876.5, 458.6);
    }

    @Test
    void holdsThePassengersOfTwelveYears() {
        Table table = all("airline-passengers");

        assertThat(table.rows()).isEqualTo(144);
        assertThat(table.keyColumn()).isEqualTo("month");
        assertThat(table.key(0)).isEqualTo("1949-01");
        assertThat(table.key(143)).isEqualTo("1960-12");
        assertThat(table.value("passengers", 143)).isEqualTo(432);
        assertThat(sums(table)).containsExactly(40_363);
    }

    @Test
    void holdsAGeneratedPriceOfGold() {
        Table table = all("gold-generated");

        assertThat(table.rows()).isEqualTo(1500);
        assertThat(table.keyColumn()).isEqualTo("Date");
        assertThat(table.key(0)).isEqualTo("2018-01-01");
        assertThat(LocalDate.parse(table.key(1499))).isAfter("2023-01-01");
        assertThat(table.value("USD", 0)).isEqualTo(1297.6);
        assertThat(table.isMissing("RUB", 399)).isTrue();
        assertThat(table.isMissing("RUB", 400)).isFalse();
        assertThat(table.columns())
                .containsExactly(
                        "USD", "EUR", "JPY", "GBP", "CAD", "CHF", "INR", "CNY", "TRY", "SAR", "IDR", "AED", "THB",
                        "VND", "EGP", "KRW", "RUB", "ZAR", "AUD");
    }

    @Test
    void holdsGeneratedGuestsOfWhomFewDoDamage() {
        Table table = all("damage-generated");

        assertThat(table.rows()).isEqualTo(1000);
        assertThat(table.isKeyed()).isFalse();
        assertThat(table.columns()).hasSize(40);
        double harmful = IntStream.range(0, 1000)
                .mapToDouble(row -> table.value("outcome_damage_inc", row))
                .sum();
        assertThat(harmful).isBetween(100.0, 200.0);
        assertThat(table.value("married_cd", 0)).isEqualTo(0);
        assertThat(mean(table, "damage_inc", 1)).isGreaterThan(1.3 * mean(table, "damage_inc", 0));
    }

    private static double mean(Table table, String column, double outcome) {
        return IntStream.range(0, table.rows())
                .filter(row -> table.value("outcome_damage_inc", row) == outcome)
                .mapToDouble(row -> table.value(column, row))
                .average()
                .orElseThrow();
    }

    static Stream<String> names() {
        return BundledFile.names().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void isTheFileThatTheReadmeBesideItNames(String name) throws IOException {
        try (InputStream csv = BundledFile.class.getResourceAsStream(name + ".csv");
                InputStream readme = BundledFile.class.getResourceAsStream("README.md")) {
            String digest = Digest.of(csv.readAllBytes()).hex();
            String text = new String(readme.readAllBytes(), StandardCharsets.UTF_8);
            String section = text.substring(text.indexOf("\n## " + name + ".csv\n"));

            assertThat(BundledFile.of(name).digest().hex()).isEqualTo(digest);
            assertThat(section).contains("| source |", "| licence |", digest);
            assertThat(section.startsWith("**Generated.**", section.indexOf("\n\n") + 2))
                    .isEqualTo(name.endsWith("-generated"));
        }
    }

    @ParameterizedTest
    @CsvSource({"sp500-2000,BSD-3-Clause", "sp500-2000,vega-datasets", "iris,scikit-learn", "airline-passengers,Box"})
    void saysWhereItIsFrom(String name, String from) throws IOException {
        try (InputStream readme = BundledFile.class.getResourceAsStream("README.md")) {
            String text = new String(readme.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(text.substring(text.indexOf("\n## " + name + ".csv\n"))).contains(from);
        }
    }

    @Test
    void isReadOnce() {
        assertThat(all("sp500-2000")).isSameAs(all("sp500-2000"));
    }

    @Test
    void refusesANameThatItDoesNotKnow() {
        assertThatThrownBy(() -> BundledFile.of("../sp500-2000"))
                .isInstanceOf(SourceException.class)
                .hasMessage(
                        "bundled rows: ../sp500-2000 (expected: one of [airline-passengers, damage-generated, gold-generated,"
                                + " iris, sp500-2000])");
    }

    @Test
    void refusesAColumnThatIsNotThere() {
        assertThatThrownBy(() -> BundledFile.of("iris").read(new CsvTable.Asked(Set.of("petal_lenght"), Set.of())))
                .hasMessage(
                        "iris.csv:1: column: petal_lenght (expected: a name of the header, where the nearest is petal_length)");
    }
}
