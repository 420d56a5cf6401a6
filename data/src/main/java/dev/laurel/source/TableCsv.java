package dev.laurel.source;

import com.fasterxml.jackson.core.io.NumberOutput;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.laurel.table.Table;
import dev.laurel.model.Expect;
import dev.laurel.model.InvalidValueException;
import dev.laurel.yaml.InvalidDocumentException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tables as CSV: the form in which the rows of a run are kept. The same table always gives the same bytes, on every JDK: UTF-8, lines
 * that end in {@code \n}, a header, the key first, the other columns in the order of the table, numbers as the shortest plain decimals
 * that read back as the same doubles.
 */
public final class TableCsv {
    private static final Pattern NUMBER = Pattern.compile("[-+]?\\d+(\\.\\d+)?([eE][-+]?\\d+)?");

    private TableCsv() {}

    public static byte[] write(Table table) {
        StringWriter text = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
            List<String> header = new ArrayList<>(table.columns());
            header.add(0, table.keyColumn());
            csv.writeRecord(header);
            for (int row = 0; row < table.rows(); row++) {
                List<String> line = new ArrayList<>(header.size());
                line.add(table.key(row));
                for (String column : table.columns()) {
                    line.add(decimal(table.value(column, row)));
                }
                csv.writeRecord(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Not Double.toString, whose digits were not always the shortest before JDK 19. */
    private static String decimal(double value) {
        return new BigDecimal(NumberOutput.toString(value, true))
                .stripTrailingZeros()
                .toPlainString();
    }

    /**
     * Reads what {@link #write} writes, and other CSV whose first column is the key and whose others are numbers.
     *
     * @param file the name of the file, for messages: {@code damage.csv:17: ...}
     * @throws InvalidDocumentException when the header is missing or names a column twice, a line has more or fewer fields than the
     *     header, a field is not a finite decimal number, or a key does not come after the one before it
     */
    public static Table read(byte[] csv, String file) {
        List<String> header = List.of();
        List<String> keys = new ArrayList<>();
        List<double[]> rows = new ArrayList<>();
        for (CsvRecord line : lines(csv, file)) {
            try {
                if (header.isEmpty()) {
                    header = header(line.getFields());
                } else {
                    rows.add(numbers(line.getFields(), header));
                    keys.add(key(line.getField(0), header.get(0), keys));
                }
            } catch (InvalidValueException e) {
                throw new InvalidDocumentException(
                        file, (int) line.getStartingLineNumber(), String.valueOf(e.getMessage()));
            }
        }
        if (header.isEmpty()) {
            throw new InvalidDocumentException(file, 0, "empty (expected: a header, then a line for each row)");
        }
        Map<String, double[]> columns = new LinkedHashMap<>();
        for (int column = 1; column < header.size(); column++) {
            int field = column - 1;
            columns.put(
                    header.get(column),
                    rows.stream().mapToDouble(row -> row[field]).toArray());
        }
        return new Table(header.get(0), keys, columns);
    }

    private static List<CsvRecord> lines(byte[] csv, String file) {
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .skipEmptyLines(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(text(csv))) {
            return reader.stream().toList();
        } catch (CharacterCodingException e) {
            throw new InvalidDocumentException(file, 0, "not UTF-8 text (expected: CSV)");
        } catch (CsvParseException e) {
            throw new InvalidDocumentException(file, 0, e.getMessage() + " (expected: CSV)");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Strictly; new String(...) would replace what it cannot decode. */
    private static String text(byte[] csv) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(csv)).toString();
    }

    private static List<String> header(List<String> names) {
        Expect.that(names.size() > 1, "header", names, "a key column and at least one other, separated by commas");
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            Expect.notBlank("column", name);
            Expect.that(seen.add(name), "column", name, "each name once");
        }
        return names;
    }

    private static String key(String key, String column, List<String> before) {
        Expect.notBlank(column, key);
        if (!before.isEmpty()) {
            String last = before.get(before.size() - 1);
            Expect.that(last.compareTo(key) < 0, column, key, "a key after the one before it: " + last);
        }
        return key;
    }

    private static double[] numbers(List<String> fields, List<String> header) {
        Expect.that(fields.size() == header.size(), "fields", fields.size(), header.size() + ", as in the header");
        double[] numbers = new double[fields.size() - 1];
        for (int i = 0; i < numbers.length; i++) {
            String field = fields.get(i + 1);
            String column = header.get(i + 1);
            Expect.that(NUMBER.matcher(field).matches(), column, "'" + field + "'", "a decimal number");
            numbers[i] = Double.parseDouble(field);
            Expect.that(Double.isFinite(numbers[i]), column, field, "a number that a double can hold");
        }
        return numbers;
    }
}
