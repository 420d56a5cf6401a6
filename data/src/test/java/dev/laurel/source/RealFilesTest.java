package dev.laurel.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.laurel.definition.Source;
import dev.laurel.table.Table;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Files that may not be handed on, where they are there; the generated ones of the same columns stand in elsewhere. */
class RealFilesTest {
    private static final String FOLDER = System.getenv("LAUREL_DATA");

    @BeforeAll
    static void skipWithoutThem() {
        assumeThat(FOLDER)
                .as("skipped: LAUREL_DATA is not set to the folder of gold-daily.csv and damage.csv")
                .isNotBlank();
    }

    private static CsvTable read(Source.Csv source, Set<String> columns) {
        return new CsvSource(Path.of(FOLDER)).read(source, new CsvTable.Asked(columns, Set.of()));
    }

    private static Table bundled(String name) {
        return BundledFile.of(name).read(new CsvTable.Asked(null, Set.of())).table();
    }

    @Test
    void readsThePriceOfGold() {
        Set<String> columns = bundled("gold-generated").columns();
        Source.Csv source =
                new Source.Csv("gold-daily.csv", "Date", ",", ".", ",", null, "M/d/yyyy", "UTF-8", null, null);

        CsvTable read = read(source, columns);

        assertThat(read.passedOver()).isEmpty();
        assertThat(read.table().rows()).isEqualTo(11_626);
        assertThat(read.table().key(0)).isEqualTo("1978-12-29");
        assertThat(read.table().key(11_625)).isEqualTo("2023-07-21");
        assertThat(read.table().value("EUR", 0)).isEqualTo(137.1);
        assertThat(read.table().isMissing("JPY", 0)).isTrue();
        assertThat(read.table().value("IDR", 11_625)).isEqualTo(29_461_936.2);
        assertThat(missing(read.table(), "RUB")).isEqualTo(3661);
    }

    @Test
    void readsTheDamageOfGuests() {
        Set<String> columns = bundled("damage-generated").columns();

        CsvTable read = read(Definitions.csv("damage.csv", null), new TreeSet<>(columns));

        assertThat(read.passedOver()).isEmpty();
        assertThat(read.table().rows()).isEqualTo(4947);
        assertThat(columns).allMatch(column -> missing(read.table(), column) == 0);
        assertThat(read.table().value("married_cd", 0)).isEqualTo(1);
        assertThat(read.table().value("shop_am", 4)).isEqualTo(1454.2106266736826);
    }

    private static long missing(Table table, String column) {
        return IntStream.range(0, table.rows())
                .filter(row -> table.isMissing(column, row))
                .count();
    }
}
