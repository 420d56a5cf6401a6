package dev.laurel.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.io.NumberOutput;
import dev.laurel.table.Column;
import dev.laurel.table.Table;
import dev.laurel.yaml.InvalidDocumentException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableCsvTest {
    private static final Shape DATED = new Shape("date", Set.of());

    /** Words as they may be, and what is missing, with keys and without. */
    private static Map<String, Column> mixed() {
        Map<String, Column> columns = new LinkedHashMap<>();
        columns.put("word", new Column.Words(new @Nullable String[] {"a", null, " NA", "a,\"b\"\n\nc", "grün"}));
        columns.put("number", new Column.Numbers(new double[] {1, Double.NaN, -0.5, Double.NaN, 1e-7}));
        columns.put("last", new Column.Words(new @Nullable String[] {null, null, "#N/A", "null", "true"}));
        return columns;
    }

    @Test
    void writesWordsAndWhatIsMissing() throws IOException {
        Table unkeyed = Table.unkeyed(5, mixed());
        Table keyed = Table.keyed("key", List.of("1", "2", "3", "4", "5"), mixed());

        assertThat(new String(TableCsv.write(unkeyed), StandardCharsets.UTF_8)).isEqualTo(golden("unkeyed.csv"));
        assertThat(new String(TableCsv.write(keyed), StandardCharsets.UTF_8)).isEqualTo(golden("keyed.csv"));
    }

    @ParameterizedTest
    @CsvSource({"unkeyed.csv,", "keyed.csv,key"})
    void readsWordsAndWhatIsMissing(String file, @Nullable String key) throws IOException {
        byte[] csv = golden(file).getBytes(StandardCharsets.UTF_8);

        Table table = TableCsv.read(csv, file, new Shape(key, Set.of("word", "last")));

        assertThat(table.keyColumn()).isEqualTo(key);
        assertThat(table.columns()).containsExactly("word", "number", "last");
        mixed().forEach((name, column) -> {
            for (int row = 0; row < 5; row++) {
                if (column instanceof Column.Words words) {
                    assertThat(table.word(name, row)).isEqualTo(words.values()[row]);
                } else {
                    assertThat(table.numbers(name)).isEqualTo(((Column.Numbers) column).values());
                }
            }
        });
        assertThat(TableCsv.write(table)).isEqualTo(csv);
    }

    @Test
    void keepsRowsOfOneMissingValue() {
        Table table = Table.unkeyed(3, Map.of("x", new Column.Numbers(new double[] {Double.NaN, 1, Double.NaN})));

        Table read = TableCsv.read(TableCsv.write(table), "x.csv", new Shape(null, Set.of()));

        assertThat(read.rows()).isEqualTo(3);
        assertThat(read.value("x", 0)).isNaN();
        assertThat(read.value("x", 2)).isNaN();
    }

    @Test
    void refusesATableWithoutColumns() {
        assertThatThrownBy(() -> TableCsv.write(Table.unkeyed(3, Map.of())))
                .hasMessage("columns: [] (expected: at least one)");
    }

    @Test
    void writesShortWaysAndLongWaysAlike() {
        Random random = new Random(11);
        random.doubles(20_000, -1e3, 1e3)
                .flatMap(x -> DoubleStream.of(x, x * 1e12, x * 1e20, x / 1e9, Math.rint(x), Math.rint(x * 10) / 10))
                .forEach(x -> assertThat(TableCsv.decimal(x))
                        .isEqualTo(new BigDecimal(NumberOutput.toString(x, true))
                                .stripTrailingZeros()
                                .toPlainString()));
    }

    @Test
    void writesTheGoldenFile() throws IOException {
        Map<String, double[]> columns = new LinkedHashMap<>();
        columns.put("volume", new double[] {931_800_000, 0, -0.0, 1e21, 1e-7});
        columns.put("close", new double[] {1455.219971, 100, -2.5, 0.1 + 0.2, 2e-3});
        columns.put("with, comma", new double[] {2e23, 9007199254740993.0, 1.0 / 3, 123456789.125, -1e-5});
        Table table = new Table(
                "date", List.of("2000-01-03", "2000-01-04", "2000-01-05", "2000-01-06", "2000-01-07"), columns);

        assertThat(new String(TableCsv.write(table), StandardCharsets.UTF_8)).isEqualTo(golden("table.csv"));
    }

    @Test
    void writesTheShortestDigitsOnEveryJdk() {
        // Double.toString gave 2.0E-3 as 0.0020 and 2e23 as 1.9999999999999998E23 before JDK 19.
        Table table = new Table("key", List.of("a", "b"), Map.of("x", new double[] {2e-3, 2e23}));

        assertThat(new String(TableCsv.write(table), StandardCharsets.UTF_8))
                .isEqualTo("key,x\na,0.002\nb,200000000000000000000000\n");
    }

    @Test
    void readsBackEveryDoubleThatItWrites() {
        Random random = new Random(7);
        double[] values = random.longs(5000)
                .mapToDouble(Double::longBitsToDouble)
                .filter(Double::isFinite)
                .toArray();
        List<String> keys = random.ints(0, Integer.MAX_VALUE)
                .distinct()
                .limit(values.length)
                .mapToObj("%010d"::formatted)
                .sorted()
                .toList();
        Table table = new Table("key", keys, Map.of("x", values));

        Table read = TableCsv.read(TableCsv.write(table), "table.csv", new Shape("key", Set.of()));

        assertThat(read.keys()).isEqualTo(keys);
        for (int row = 0; row < values.length; row++) {
            assertThat(read.value("x", row)).isEqualTo(values[row]);
        }
    }

    @Test
    void writesWhatItReadsInOneForm() {
        byte[] csv = "date,x\r\n2000-01-03,1.500000\r\n2000-01-04,+2E2\r\n".getBytes(StandardCharsets.UTF_8);

        assertThat(new String(TableCsv.write(TableCsv.read(csv, "table.csv", DATED)), StandardCharsets.UTF_8))
                .isEqualTo("date,x\n2000-01-03,1.5\n2000-01-04,200\n");
    }

    @Test
    void keepsTheOrderOfColumns() {
        Table table = TableCsv.read(
                "k,z,a,m\n1,1,2,3\n".getBytes(StandardCharsets.UTF_8), "table.csv", new Shape("k", Set.of()));

        assertThat(table.keyColumn()).isEqualTo("k");
        assertThat(table.columns()).containsExactly("z", "a", "m");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                       | damage.csv: empty (expected: a header, then a line for each row)
            date                     | damage.csv:1: header: [date] (expected: a key column and at least one other)
            day,a                    | damage.csv:1: column: day (expected: the key first: date)
            a,date                   | damage.csv:1: column: a (expected: the key first: date)
            date,a,a                 | damage.csv:1: column: a (expected: each name once)
            date,a,date              | damage.csv:1: column: date (expected: each name once)
            date,a,                  | damage.csv:1: column: '' (expected: some text)
            'date,a/2000,1,2'        | damage.csv:2: fields: 3 (expected: 2, as in the header)
            'date,a/2000,1/2001/'    | damage.csv:3: fields: 1 (expected: 2, as in the header)
            'date,a/2000,1//2001,1'  | damage.csv:3: fields: 1 (expected: 2, as in the header)
            'date,a/2000,null'       | damage.csv:2: a: 'null' (expected: a number)
            'date,a/2000,NaN'        | damage.csv:2: a: 'NaN' (expected: a number)
            'date,a/2000,0x1p3'      | damage.csv:2: a: '0x1p3' (expected: a number)
            'date,a/2000, 1'         | damage.csv:2: a: ' 1' (expected: a number)
            'date,a/2000,1e999'      | damage.csv:2: a: '1e999' (expected: a number that a double can hold)
            'date,a/,1'              | damage.csv:2: date: '' (expected: some text)
            'date,a/2001,1/2000,1'   | damage.csv:3: date: 2000 (expected: a key after the one before it: 2001)
            'date,a/2001,1/2001,1'   | damage.csv:3: date: 2001 (expected: a key after the one before it: 2001)
            """)
    void saysFileLineAndExpectation(String text, String message) {
        byte[] csv = text.replace('/', '\n').getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> TableCsv.read(csv, "damage.csv", DATED))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessage(message);
    }

    @Test
    void refusesBytesThatAreNotText() {
        byte[] csv = {'d', ',', 'b', '\n', (byte) 0xff, ',', '1', '\n'};

        assertThatThrownBy(() -> TableCsv.read(csv, "damage.csv", DATED))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageStartingWith("damage.csv:2: byte 0xff (expected: UTF-8 text");
    }

    static String golden(String name) throws IOException {
        try (InputStream in = TableCsvTest.class.getResourceAsStream("/golden/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
