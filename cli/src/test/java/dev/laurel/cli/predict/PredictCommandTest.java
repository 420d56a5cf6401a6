package dev.laurel.cli.predict;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.cli.Laurel;
import dev.laurel.cli.Showcase;
import dev.laurel.cli.repository.Starter;
import dev.laurel.model.ModelName;
import dev.laurel.registry.Registry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of files, answered for by models that were really trained. */
class PredictCommandTest {
    private static final String IRIS = "sepal_length,sepal_width,petal_length,petal_width\n";

    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    @BeforeAll
    static void train() throws IOException {
        Path repository = shared.resolve("models.git");
        Starter starter = Starter.choose(List.of("iris", "airline-passengers"), true, null);
        Map<ModelName, byte[]> definitions = new TreeMap<>(starter.definitions());
        definitions.put(new ModelName("visits"), VISITS.getBytes(UTF_8));
        Registry.create(repository, new TreeMap<>(definitions), Showcase.ALICE).close();
        Files.writeString(shared.resolve("visits.csv"), visits());
        for (String model : List.of("iris", "airline-passengers", "visits")) {
            Laurel trained = Laurel.run("train", model, "--offline", "--data", shared, "--repo", repository);
            assertThat(trained.exit()).as(trained.toString()).isZero();
        }
    }

    @Test
    void aQuoteThatIsNeverClosedIsNamed() throws IOException {
        write("rows.csv", IRIS + "5.1,3.5,1.4,0.2\n\"6.7,3.0,5.2,2.3\n");

        Laurel laurel = predict("iris", "rows.csv", "predictions.csv");

        assertThat(laurel.exit()).isOne();
        assertThat(laurel.err()).endsWith("rows.csv:3: Unclosed quoted field at end of input (expected: CSV)");
        assertThat(folder.resolve("predictions.csv")).doesNotExist();
    }

    @Test
    void answersForEachRowWithItsLineAndAllProbabilities() throws IOException {
        write("rows.csv", IRIS + "5.1,3.5,1.4,0.2\n6.7,3.0,5.2,2.3\n");

        Laurel laurel = predict("iris", "rows.csv", "predictions.csv");

        assertThat(laurel.exit()).as(laurel.toString()).isZero();
        assertThat(laurel.out()).isEmpty();
        assertThat(laurel.err()).matches("iris v1: 2 rows, 0 rejected, \\d+ rows per second");
        assertThat(lines("predictions.csv"))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .isEqualTo(
                                        "row,prediction,probability,p_setosa,p_versicolor,p_virginica,model,version,digest"),
                        line -> assertThat(line)
                                .matches(
                                        "2,setosa,(1|0\\.\\d+),(1|0\\.\\d+),0[.0-9]*,0[.0-9]*,iris,v1,sha256:[0-9a-f]{64}"),
                        line -> assertThat(line).matches("3,virginica,.*,iris,v1,sha256:[0-9a-f]{64}"));
        assertThat(folder.resolve("predictions.rejected.csv")).doesNotExist();
    }

    @Test
    void takesColumnsInAnyOrderAndNamesThoseThatItPassesOver() throws IOException {
        write("rows.csv", IRIS + "5.1,3.5,1.4,0.2\n");
        write(
                "other.csv",
                "\uFEFFspecies,petal_width,petal_length,note,sepal_width,sepal_length\r\n,0.2,1.4,\"a\r\nb\",3.5,5.1\r\n\r\n");

        predict("iris", "rows.csv", "predictions.csv");
        Laurel other = predict("iris", "other.csv", "others.csv");

        assertThat(other.err()).startsWith("columns passed over: species, note\n");
        assertThat(lines("others.csv")).isEqualTo(lines("predictions.csv"));
    }

    @Test
    void putsBadRowsAsideWithTheirLineAndReason() throws IOException {
        write(
                "rows.csv",
                IRIS
                        + "5.1,3.5,1.4,0.2\n5.1,x,1.4,0.2\n5.1,3.5,1.4\n,3.5,1.4,0.2\n1e400,3.5,1.4,0.2\n5.1,3.5,NaN,0.2\n6.7,3.0,5.2,2.3\n");

        Laurel laurel = predict("iris", "rows.csv", "predictions.csv", "--output", "json");

        assertThat(laurel.exit()).isEqualTo(3);
        assertThat(lines("predictions.csv"))
                .extracting(line -> line.replaceAll(",.*", ""))
                .containsExactly("row", "2", "8");
        assertThat(lines("predictions.rejected.csv"))
                .containsExactly(
                        "line,reason",
                        "3,sepal_width: 'x' (expected: a number)",
                        "4,\"fields: 3 (expected: 4, as in the header)\"",
                        "5,\"sepal_length: missing (expected: a value, or a rule for missing ones under columns: in the definition)\"",
                        "6,sepal_length: '1e400' (expected: a number that a double can hold)",
                        "7,\"petal_length: missing (expected: a value, or a rule for missing ones under columns: in the definition)\"");
        assertThat(laurel.out())
                .contains(
                        "\"rows\" : 7",
                        "\"rejected\" : 5",
                        "\"rejected_to\" : \"" + folder.resolve("predictions.rejected.csv") + "\"");

        write("rows.csv", IRIS + "5.1,3.5,1.4,0.2\n");
        assertThat(predict("iris", "rows.csv", "predictions.csv").exit()).isZero();
        assertThat(folder.resolve("predictions.rejected.csv")).doesNotExist();
    }

    @Test
    void keepsTheRowsThatFeaturesReadAcrossBlocksAndRejectsThoseThatLackThem() throws IOException {
        StringBuilder series = new StringBuilder("month,passengers\n");
        for (int month = 0; month < 9000; month++) {
            series.append("%04d-%02d,%d\n".formatted(1000 + month / 12, 1 + month % 12, 100 + month % 7 * 31));
        }
        write("rows.csv", series.toString());

        Laurel laurel = predict("airline-passengers", "rows.csv", "predictions.csv");

        assertThat(laurel.exit()).isEqualTo(3);
        List<String> predictions = lines("predictions.csv");
        assertThat(predictions).hasSize(1 + 9000 - 11);
        assertThat(predictions.get(0)).isEqualTo("month,prediction,model,version,digest");
        assertThat(predictions.get(1)).startsWith("1000-12,");
        // The series repeats itself after 7 months, so that its predictions have to, wherever a block ends.
        for (int row = 8; row < predictions.size(); row++) {
            assertThat(value(predictions.get(row))).isEqualTo(value(predictions.get(row - 7)));
        }
        assertThat(lines("predictions.rejected.csv"))
                .hasSize(12)
                .contains("4,\"rows before it: 2 (expected: 11 in a row, which its features read)\"");
    }

    @Test
    void doesNotReadOverAGap() throws IOException {
        StringBuilder series = new StringBuilder("month,passengers\n");
        for (int month = 0; month < 36; month++) {
            series.append(
                    "%d-%02d,%s\n".formatted(1960 + month / 12, 1 + month % 12, month == 14 ? "?x" : 400 + month));
        }
        write("rows.csv", series + "1962-12,500\n1963-01,501\n");

        assertThat(predict("airline-passengers", "rows.csv", "predictions.csv").exit())
                .isEqualTo(3);

        assertThat(lines("predictions.csv"))
                .extracting(line -> line.substring(0, 7))
                .containsExactly(
                        "month,p", "1960-12", "1961-01", "1961-02", "1962-03", "1962-04", "1962-05", "1962-06",
                        "1962-07", "1962-08", "1962-09", "1962-10", "1962-11", "1962-12", "1963-01");
        assertThat(lines("predictions.rejected.csv"))
                .contains(
                        "16,passengers: '?x' (expected: a number)",
                        "17,\"rows before it: 0 (expected: 11 in a row, which its features read)\"",
                        "38,month: 1962-12 (expected: a key after the one before it: 1962-12)");
    }

    @Test
    void readsAsTheSourceIsWrittenAndFillsInWhatTheDefinitionSays() throws IOException {
        write("rows.csv", """
                town;day;age;spent
                Bonn;03.02.2024;30,5;1.200,50
                Atlantis;04.02.2024;-;900
                ;05.02.2024;44;1.000,00
                Bonn;06.02.2024;44;-
                Bonn;31.02.2024;44;900
                """);

        Laurel laurel = predict("visits", "rows.csv", "predictions.csv");

        assertThat(laurel.exit()).as(laurel.toString()).isEqualTo(3);
        assertThat(lines("predictions.csv"))
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("day,prediction,probability,model,version,digest"),
                        line -> assertThat(line).matches("2024-02-03,(yes|no),(1|0[.0-9]*),visits,v1,.*"),
                        line -> assertThat(line).matches("2024-02-04,(yes|no),(1|0[.0-9]*),visits,v1,.*"),
                        line -> assertThat(line).matches("2024-02-05,(yes|no),(1|0[.0-9]*),visits,v1,.*"));
        assertThat(lines("predictions.rejected.csv"))
                .containsExactly(
                        "line,reason",
                        "5,spent: missing (expected: a value; by the definition such rows are left out)",
                        "6,day: '31.02.2024' (expected: a date of the form dd.MM.uuuu)");
    }

    /** Columns with a rule may be left out as a whole, which is said; one whose rows the definition leaves out may not. */
    @Test
    void fillsInColumnsThatAreNotThereAtAll() throws IOException {
        write("whole.csv", "day;spent;age;town\n03.02.2024;1.200,50;-;\n04.02.2024;900;-;\n");
        write("rows.csv", "day;spent;old\n03.02.2024;1.200,50;3\n04.02.2024;900;4\n");
        write("spent.csv", "day;age;town\n03.02.2024;30,5;Bonn\n");
        write("other.csv", "when;old\n03.02.2024;3\n");

        assertThat(predict("visits", "whole.csv", "whole.predictions.csv").exit())
                .isZero();
        Laurel laurel = predict("visits", "rows.csv", "predictions.csv");

        assertThat(laurel.exit()).as(laurel.toString()).isZero();
        assertThat(laurel.err())
                .startsWith("columns passed over: old\n"
                        + "columns that are not there, so that each row lacks its value: age, town\n");
        assertThat(lines("predictions.csv")).hasSize(3).isEqualTo(lines("whole.predictions.csv"));
        assertThat(predict("visits", "spent.csv", "none.csv").err())
                .contains("spent.csv:1: column: spent (expected: a name of the header, where the nearest is ");
        assertThat(predict("visits", "other.csv", "none.csv").err()).contains("other.csv:1: column: ");
        assertThat(folder.resolve("none.csv")).doesNotExist();
    }

    @Test
    void readsStandardInputAndWritesStandardOutput() throws IOException {
        InputStream in = System.in;
        PrintStream out = System.out;
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        Laurel laurel;
        try {
            System.setIn(new ByteArrayInputStream((IRIS + "5.1,3.5,1.4,0.2\nx,3.5,1.4,0.2\n").getBytes(UTF_8)));
            System.setOut(new PrintStream(written, true, UTF_8));
            laurel = run("predict", "iris", "v1", "--from", "-", "--rejected", folder.resolve("bad.csv"));
        } finally {
            System.setIn(in);
            System.setOut(out);
        }
        assertThat(laurel.exit()).as(laurel.toString()).isEqualTo(3);
        assertThat(written.toString(UTF_8).lines()).hasSize(2).last().asString().startsWith("2,setosa,");
        assertThat(lines("bad.csv")).containsExactly("line,reason", "3,sepal_length: 'x' (expected: a number)");
    }

    @Test
    void readsAndWritesGzip() throws IOException {
        write("rows.csv", IRIS + "5.1,3.5,1.4,0.2\nx,3.5,1.4,0.2\n");
        try (GZIPOutputStream gzip = new GZIPOutputStream(Files.newOutputStream(folder.resolve("rows.csv.gz")))) {
            gzip.write(Files.readAllBytes(folder.resolve("rows.csv")));
        }
        predict("iris", "rows.csv", "plain.csv");
        assertThat(predict("iris", "rows.csv.gz", "packed.csv.gz").exit()).isEqualTo(3);

        try (InputStream gzip = new GZIPInputStream(Files.newInputStream(folder.resolve("packed.csv.gz")))) {
            assertThat(new String(gzip.readAllBytes(), UTF_8)).isEqualTo(Files.readString(folder.resolve("plain.csv")));
        }
        assertThat(lines("packed.rejected.csv")).isEqualTo(lines("plain.rejected.csv"));

        byte[] whole = Files.readAllBytes(folder.resolve("rows.csv.gz"));
        Files.write(folder.resolve("cut.csv.gz"), java.util.Arrays.copyOf(whole, whole.length - 12));
        refused(
                "cut.csv.gz",
                "rows: cut.csv.gz (expected: a whole file of gzip, as its name says; Unexpected end of ZLIB input stream)");
        write("no.csv.gz", IRIS);
        refused("no.csv.gz", "rows: no.csv.gz (expected: a whole file of gzip, as its name says; Not in GZIP format)");
    }

    @Test
    void saysWhatIsWrongWithAFileAndLeavesNothing() throws IOException {
        write("empty.csv", "");
        refused("empty.csv", "empty.csv: empty (expected: a header, then a line for each row)");
        write("missing.csv", "sepal_length,sepal_width,petal_lengt,petal_width\n1,2,3,4\n");
        refused(
                "missing.csv",
                "missing.csv:1: column: petal_length (expected: a name of the header, where the nearest is petal_lengt)");
        write("delimiter.csv", IRIS.replace(',', ';'));
        refused(
                "delimiter.csv",
                "delimiter.csv:1: column: petal_length (expected: a name of the header, which is one name only; is the delimiter ','?)");
        write("twice.csv", "sepal_length," + IRIS);
        refused("twice.csv", "twice.csv:1: column: sepal_length (expected: each name once)");
        write("open.csv", IRIS + "5.1,3.5,1.4,0.2\n5.1,\"3.5,1.4,0.2\n");
        assertThat(predict("iris", "open.csv", "predictions.csv").err())
                .matches("laurel: .*open.csv:\\d+: .*\\(expected: CSV\\)");
        refused("nowhere.csv", "rows: nowhere.csv (expected: a file that can be read, or -)");
        assertThat(folder.resolve("predictions.csv")).doesNotExist();
        assertThat(folder.resolve("predictions.rejected.csv")).doesNotExist();
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.startsWith("."));
        }
    }

    @Test
    void rejectsRowsWhoseBytesAreNoText() throws IOException {
        Files.write(folder.resolve("rows.csv"), "town;day;age;spent\nKöln;03.02.2024;30;900\n".getBytes(ISO_8859_1));

        assertThat(predict("visits", "rows.csv", "predictions.csv").exit()).isEqualTo(3);
        assertThat(lines("predictions.rejected.csv").get(1)).contains("town: 'K\uFFFDln' (expected: UTF-8 text;");
    }

    @Test
    void aHeaderAloneIsNoRows() throws IOException {
        write("rows.csv", IRIS);

        assertThat(predict("iris", "rows.csv", "predictions.csv").exit()).isZero();
        assertThat(lines("predictions.csv")).hasSize(1);
    }

    @Test
    void neverWritesOverWhatItReads() throws IOException {
        write("rows.csv", IRIS + "5.1,3.5,1.4,0.2\n");

        assertThat(predict("iris", "rows.csv", "rows.csv").err())
                .isEqualTo(
                        "laurel: --to: %1$s (expected: another file than %1$s)".formatted(folder.resolve("rows.csv")));
        assertThat(lines("rows.csv")).hasSize(2);
    }

    @Test
    void namesWhatIsWrongWithTheVersion() throws IOException {
        write("rows.csv", IRIS + "5.1,3.5,1.4,0.2\n");

        assertThat(predict("iris", "rows.csv", "predictions.csv", "--env", "staging")
                        .err())
                .isEqualTo(
                        "laurel: champion of iris in staging: none (expected: a promoted version; or name one, as in 'laurel predict iris v1')");
        assertThat(run("predict", "iris", "v7", "--from", folder.resolve("rows.csv"))
                        .exit())
                .isEqualTo(1);
        assertThat(run("predict", "roses", "--from", folder.resolve("rows.csv")).err())
                .isEqualTo("laurel: model: roses (expected: one of airline-passengers, iris, visits)");
        assertThat(run("predict", "iris"))
                .isEqualTo(
                        new Laurel(2, "", "laurel: --input: missing (expected: a value; see 'laurel predict --help')"));
    }

    private static final String VISITS = """
            model: visits
            description: Whether a guest comes again.
            source:
              kind: csv
              path: visits.csv
              key: day
              delimiter: ";"
              decimal: ","
              thousands: "."
              missing:
                - "-"
              date_format: dd.MM.uuuu
            target:
              kind: label
              column: again
              positive: "yes"
            columns:
              - column: age
                missing: median
              - column: town
                missing: category
              - column: spent
                missing: drop
            features:
              - name: age
                kind: column
                column: age
              - name: spent
                kind: standardise
                column: spent
              - name: town
                kind: one-hot
                column: town
              - name: weekday
                kind: calendar
                column: day
                part: weekday
                cyclic: false
            split:
              kind: chronological
              training: 0.5
              validation: 0.25
              evaluation: 0.25
            trainer:
              kind: decision-tree
            seed: 1
            gate:
              metric: accuracy
              minimum_gain: 0.01
              minimum_rows: 20
              mode: commit
            """;

    private static String visits() {
        StringBuilder csv = new StringBuilder("day;town;age;spent;again\n");
        for (int row = 0; row < 120; row++) {
            csv.append("%02d.%02d.2023;%s;%s;1.%d00,5;%s\n"
                    .formatted(
                            1 + row % 28,
                            1 + row / 28,
                            row % 9 == 0 ? "" : row % 2 == 0 ? "Bonn" : "Ulm",
                            row % 7 == 0 ? "-" : 20 + row % 40,
                            row % 10,
                            row % 3 == 0 ? "yes" : "no"));
        }
        return csv.toString();
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(folder.resolve(name), content);
    }

    private List<String> lines(String name) throws IOException {
        return Files.readAllLines(folder.resolve(name));
    }

    private static String value(String line) {
        return line.split(",", 3)[1];
    }

    private void refused(String file, String message) {
        Laurel laurel = predict("iris", file, "predictions.csv");
        assertThat(laurel.exit()).as(laurel.toString()).isEqualTo(1);
        assertThat(laurel.err().replace(folder + "/", "")).isEqualTo("laurel: " + message);
    }

    private Laurel predict(String model, String from, String to, Object... more) {
        List<Object> all =
                new ArrayList<>(List.of("predict", model, "--from", folder.resolve(from), "--to", folder.resolve(to)));
        all.addAll(List.of(more));
        return run(all.toArray());
    }

    private static Laurel run(Object... arguments) {
        List<Object> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--repo", shared.resolve("models.git")));
        return Laurel.run(all.toArray());
    }
}
