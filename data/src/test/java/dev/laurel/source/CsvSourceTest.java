package dev.laurel.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.definition.Source;
import dev.laurel.table.Table;
import dev.laurel.yaml.InvalidDocumentException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvSourceTest {
    private static final Source.Csv GOLD = Definitions.csv("gold.csv", "Date");

    @TempDir
    private Path folder;

    private dev.laurel.source.CsvSource source() {
        return new dev.laurel.source.CsvSource(folder);
    }

    private static CsvTable.Asked asked(String... columns) {
        return new CsvTable.Asked(new TreeSet<>(List.of(columns)), Set.of("kind"));
    }

    private Table read(Source.Csv source, String text, String... columns) throws IOException {
        Files.writeString(folder.resolve(source.path()), text, Charset.forName(source.encoding()));
        return source().read(source, asked(columns)).table();
    }

    private static String written(Table table) {
        return new String(TableCsv.write(table), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Date,EUR,kind\n2020-01-02,1,a\n2020-01-03,,b\n",
                "Date,EUR,kind\r\n2020-01-02,1,a\r\n2020-01-03,,b\r\n",
                "\uFEFFDate,EUR,kind\n2020-01-02,1,a\n2020-01-03,,b",
                "\uFEFF\"Date\",\"EUR\",\"kind\"\n\"2020-01-02\",\"1\",\"a\"\n\"2020-01-03\",\"\",\"b\"",
                "kind,extra,Date,EUR\nb,x,2020-01-03,#N/A\na,y,2020-01-02,1.0\n",
                "kind,Date,,EUR,\n\nb,2020-01-03,,NaN,\n\na,2020-01-02,,+1e0,\n\n",
            })
    void readsOneTableHoweverItIsWritten(String text) throws IOException {
        assertThat(written(read(GOLD, text, "Date", "EUR", "kind")))
                .isEqualTo("Date,EUR,kind\n2020-01-02,1,a\n2020-01-03,,b\n");
    }

    @Test
    void readsQuotedCommasLineBreaksAndQuotes() throws IOException {
        Table table =
                read(Definitions.csv("a.csv", null), "kind,x\n\"a, \"\"b\"\"\r\nc\",1\nNULL,2\n ,3\n", "kind", "x");

        assertThat(table.isKeyed()).isFalse();
        assertThat(table.word("kind", 0)).isEqualTo("a, \"b\"\r\nc");
        assertThat(table.word("kind", 1)).isNull();
        assertThat(table.word("kind", 2)).isEqualTo(" ");
        byte[] kept = TableCsv.write(table);
        assertThat(TableCsv.write(TableCsv.read(kept, "kept.csv", new Shape(null, Set.of("kind")))))
                .isEqualTo(kept);
    }

    @Test
    void readsMarksAsTheSourceSays() throws IOException {
        Source.Csv german =
                new Source.Csv("de.csv", "Tag", ";", ",", ".", List.of("-"), "dd.MM.yyyy", "windows-1252", null, null);

        Table table = read(german, "Tag;Preis;Größe\n03.01.2020;-;1\n02.01.2020;1.234.567,5;-1e3\n", "Größe", "Preis");

        assertThat(written(table)).isEqualTo("Tag,Größe,Preis\n2020-01-02,-1000,1234567.5\n2020-01-03,1,\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            M/d/yyyy            | 7/21/2023           | 2023-07-21
            d MMM yyyy          | 3 Mar 2021          | 2021-03-03
            MM/yyyy             | 03/2021             | 2021-03-01
            yyyy-MM-dd HH:mm:ss | 2011-01-20 05:00:00 | 2011-01-20T05:00
            """)
    void turnsKeysIntoDates(String form, String field, String key) throws IOException {
        Source.Csv source = new Source.Csv("a.csv", "k", ",", ".", null, null, form, "UTF-8", null, null);

        assertThat(read(source, "k,x\n" + field + ",1\n", "x").key(0)).isEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource({
        "1,1",
        "-1.5,-1.5",
        "+.5,0.5",
        "5.,5",
        "1E3,1000",
        "1e-3,0.001",
        "true,1",
        "FALSE,0",
        "True,1",
        "'1,234.5',1234.5",
        "'-12,345,678',-12345678",
        "1e-400,0"
    })
    void readsNumbers(String field, double value) throws IOException {
        Source.Csv source = new Source.Csv("a.csv", null, ",", ".", ",", null, null, "UTF-8", null, null);

        assertThat(read(source, "x\n\"" + field + "\"\n", "x").value("x", 0)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "abc",
                "1.2.3",
                "1 ",
                "0x1p3",
                "1d",
                "Infinity",
                "1e",
                "e5",
                ".",
                "-",
                "--1",
                "1,23",
                "12,34,567",
                ",123",
                "1,2345"
            })
    void refusesWhatIsNoNumber(String field) {
        Source.Csv source = new Source.Csv("a.csv", null, ",", ".", ",", null, null, "UTF-8", null, null);

        assertThatThrownBy(() -> read(source, "x\n\"" + field + "\"\n", "x"))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessage("a.csv:2: x: '%s' (expected: a number with ',' between its thousands at most)"
                        .formatted(field));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                 | gold.csv: empty (expected: a header, then a line for each row)
            /                                  | gold.csv: empty (expected: a header, then a line for each row)
            Date,EUR                           | gold.csv:1: no rows (expected: at least one line after the header)
            Date,EUR//                         | gold.csv:1: no rows (expected: at least one line after the header)
            Date,EURO/2020,1                   | gold.csv:1: column: EUR (expected: a name of the header, where the nearest is EURO)
            date,EUR/2020,1                    | gold.csv:1: column: Date (expected: a name of the header, where the nearest is date)
            Date;EUR/2020;1                    | gold.csv:1: column: Date (expected: a name of the header, which is one name only; is the delimiter ','?)
            Date,EUR,EUR/2020,1,1              | gold.csv:1: column: EUR (expected: each name once)
            Date,EUR,x,x/2020,1,1,1            | gold.csv:1: column: x (expected: each name once)
            Date,EUR/2020,1/2021,1,2/          | gold.csv:3: fields: 3 (expected: 2, as in the header)
            Date,EUR/2020/2021,1/              | gold.csv:2: fields: 1 (expected: 2, as in the header)
            Date,EUR,x/2020,1/2021,2/          | gold.csv:2: fields: 2 (expected: 3, as in the header)
            Date,EUR/2020,1/2021,2/202         | gold.csv:4: fields: 1 (expected: 2, as in the header; the file ends within this line: is it still being written?)
            Date,EUR/2020,1/2021,abc/          | gold.csv:3: EUR: 'abc' (expected: a number)
            Date,EUR/2020,1e400/               | gold.csv:2: EUR: '1e400' (expected: a number that a double can hold)
            Date,EUR/2020,'12,3'/              | gold.csv:2: EUR: '12,3' (expected: a number)
            Date,EUR/,1/                       | gold.csv:2: Date: '' (expected: some text)
            Date,EUR/2021,1/2020,1/2021,3/     | gold.csv:4: Date: '2021' (expected: each key once; it stands in line 2 too)
            Date,x,EUR/2020,'a/b',1/2020,c,1/  | gold.csv:4: Date: '2020' (expected: each key once; it stands in line 2 too)
            """)
    void saysFileLineColumnValueAndExpectation(String text, String message) {
        String csv = text.replace('/', '\n').replace('\'', '"');

        assertThatThrownBy(() -> read(GOLD, csv, "EUR"))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            dd.MM.yyyy | 2020-01-02 | a.csv:2: k: '2020-01-02' (expected: a date of the form dd.MM.yyyy)
            dd.MM.yyyy | 30.02.2020 | a.csv:2: k: '30.02.2020' (expected: a date of the form dd.MM.yyyy)
            dd.MM.bbbb | 30.02.2020 | csv a.csv: date_format: 'dd.MM.bbbb' (expected: a form of dates such as dd.MM.yyyy)
            """)
    void refusesKeysThatAreNoDatesOfTheForm(String form, String field, String message) {
        Source.Csv source = new Source.Csv("a.csv", "k", ",", ".", null, null, form, "UTF-8", null, null);

        assertThatThrownBy(() -> read(source, "k,x\n" + field + ",1\n", "x")).hasMessage(message);
    }

    @Test
    void refusesAMarkThatCannotSeparate() {
        Source.Csv source = new Source.Csv("a.csv", null, "\"", ".", null, null, null, "UTF-8", null, null);

        assertThatThrownBy(() -> read(source, "x\n1\n", "x"))
                .isInstanceOf(SourceException.class)
                .hasMessage("csv a.csv: delimiter: \" (expected: one that is no quote and no line break)");
    }

    @Test
    void refusesTheEndOfAFileThatIsStillBeingWritten() {
        String whole = "Date,EUR,kind\n2020-01-02,1,a\n2020-01-03,2,b\n";
        for (int end = whole.indexOf("2020-01-03") + 1; end <= whole.lastIndexOf(','); end++) {
            String part = whole.substring(0, end);
            assertThatThrownBy(() -> read(GOLD, part, "EUR", "kind"))
                    .isInstanceOf(InvalidDocumentException.class)
                    .hasMessageStartingWith("gold.csv:3: fields: ")
                    .hasMessageEndingWith("; the file ends within this line: is it still being written?)");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kind,x\na,1\n\"b,2\nc,3\n",
                "x,kind\n1,a\n2,\"b",
                "x,kind\n1,a\n2,\"b\n",
                "x,kind\n1,a\n2,\"b\"c\n3,d\n"
            })
    void refusesAQuoteThatIsNotClosedOrClosedTooEarly(String text) {
        assertThatThrownBy(() -> read(Definitions.csv("a.csv", null), text, "kind", "x"))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageMatching("a\\.csv:3: [^(]*quot.*\\(expected: CSV\\)");
    }

    @ParameterizedTest
    @CsvSource({"UTF-8,2,0xe9", "windows-1252,3,0x81"})
    void namesTheLineOfBytesThatAreNotText(String encoding, int line, String value) throws IOException {
        byte[] text = "x,kind\r\n1,a\u00e9\r\n2,\u0081\r\n".getBytes(StandardCharsets.ISO_8859_1);
        Files.write(folder.resolve("a.csv"), text);
        Source.Csv source = new Source.Csv("a.csv", null, ",", ".", null, null, null, encoding, null, null);

        assertThatThrownBy(() -> source().read(source, asked("x", "kind")))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessage(
                        "a.csv:%s: byte %s (expected: %s text; another encoding is named in the source, as in 'encoding:"
                                + " windows-1252')",
                        line, value, encoding);
    }

    @Test
    void readsLatin1WhereTheSourceSaysSo() throws IOException {
        Source.Csv source = new Source.Csv("a.csv", null, ",", ".", null, null, null, "ISO-8859-1", null, null);

        assertThat(read(source, "x,kind\n1,é\n", "x", "kind").word("kind", 0)).isEqualTo("é");
    }

    @Test
    void keepsWhatIsAskedForAndNamesTheOthersOnce() throws IOException {
        Files.writeString(folder.resolve("gold.csv"), "Date,USD,EUR,GBP\n2020,x,1,y\n2021,x,2,y\n");

        CsvTable read = source().read(GOLD, asked("EUR"));

        assertThat(read.table().columns()).containsExactly("EUR");
        assertThat(read.passedOver()).containsExactly("USD", "GBP");
    }

    @Test
    void decompressesWhatIsCalledGz() throws IOException {
        byte[] whole = compressed("Date,EUR\n2020,1\n");
        Source.Csv source = Definitions.csv("gold.csv.gz", "Date");
        Files.write(folder.resolve("gold.csv.gz"), whole);
        assertThat(source().read(source, asked("EUR")).table().value("EUR", 0)).isEqualTo(1);

        Files.write(folder.resolve("gold.csv.gz"), Arrays.copyOf(whole, whole.length - 9));
        assertThatThrownBy(() -> source().read(source, asked("EUR")))
                .isInstanceOf(SourceException.class)
                .hasMessageStartingWith("csv gold.csv.gz: ")
                .hasMessageEndingWith("(expected: a whole file of gzip, as its name says)");

        Files.writeString(folder.resolve("gold.csv.gz"), "Date,EUR\n2020,1\n");
        assertThatThrownBy(() -> source().read(source, asked("EUR")))
                .hasMessage("csv gold.csv.gz: Not in GZIP format (expected: a whole file of gzip, as its name says)");
    }

    private static byte[] compressed(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @Test
    void readsFilesInFoldersBelow() throws IOException {
        Files.writeString(Files.createDirectory(folder.resolve("2020")).resolve("gold.csv"), "Date,EUR\n2020,1\n");
        Files.createSymbolicLink(folder.resolve("newest"), Path.of("2020"));

        assertThat(source().read(Definitions.csv("newest/gold.csv", "Date"), asked("EUR"))
                        .table()
                        .rows())
                .isEqualTo(1);
    }

    @Test
    void doesNotLeaveTheDataFolder(@TempDir Path elsewhere) throws IOException {
        Files.writeString(elsewhere.resolve("gold.csv"), "Date,EUR\n2020,1\n");
        Files.createSymbolicLink(folder.resolve("gold.csv"), elsewhere.resolve("gold.csv"));
        Files.createSymbolicLink(folder.resolve("other"), elsewhere);

        for (String path : List.of("gold.csv", "other/gold.csv")) {
            assertThatThrownBy(() -> source().read(Definitions.csv(path, "Date"), asked("EUR")))
                    .isInstanceOf(SourceException.class)
                    .hasMessage("csv %s: leads to %s (expected: a file below %s, also by way of links)"
                            .formatted(path, elsewhere.resolve("gold.csv").toRealPath(), folder));
        }
        assertThatThrownBy(() -> Definitions.csv("../gold.csv", "Date"))
                .hasMessage("path: '../gold.csv' (expected: a path below the data folder, without ..)");
    }

    @Test
    void saysWhatIsThereInPlaceOfAFile() throws IOException {
        assertThatThrownBy(() -> source().read(GOLD, asked("EUR")))
                .isInstanceOf(SourceException.class)
                .hasMessage("csv gold.csv: no such file (expected: a file below %s)".formatted(folder));
        Files.createDirectory(folder.resolve("gold.csv"));
        assertThatThrownBy(() -> source().read(GOLD, asked("EUR")))
                .hasMessage("csv gold.csv: no file (expected: a file, not a folder or a device)");
        assertThatThrownBy(() -> new dev.laurel.source.CsvSource(null).read(GOLD, asked("EUR")))
                .hasMessage(
                        "csv gold.csv: no data folder (expected: a folder in LAUREL_DATA or after --data, with the file"
                                + " below it)");
    }

    @Test
    void keepsNeitherTextsOfNumbersNorAWordTwice() throws IOException {
        StringBuilder text = new StringBuilder("kind,x\n");
        IntStream.range(0, 5000)
                .forEach(row -> text.append("word")
                        .append(row % 2)
                        .append(',')
                        .append(row)
                        .append('\n'));

        Table table = read(Definitions.csv("a.csv", null), text.toString(), "kind", "x");

        assertThat(table.word("kind", 4998)).isSameAs(table.word("kind", 0));
        assertThat(table.value("x", 4999)).isEqualTo(4999);
    }
}
