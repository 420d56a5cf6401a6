package dev.laurel.source;

import com.fasterxml.jackson.core.io.NumberOutput;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.laurel.model.Expect;
import dev.laurel.table.Column;
import dev.laurel.table.Table;
import dev.laurel.yaml.InvalidDocumentException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tables as CSV: the form in which the rows of a run are kept. The same table always gives the same bytes, on every JDK: UTF-8, lines
 * that end in {@code \n}, a header, the key first where rows have one, the other columns in the order of the table, numbers as the shortest
 * plain decimals that read back as the same doubles, words as they are, and nothing for what is missing.
 */
public final class TableCsv {
    /** Whole numbers up to here have all their digits in a double. */
    private static final double MOST_EXACT = 1e15;

    private TableCsv() {}

    public static byte[] write(Table table) {
        Expect.notEmpty("columns", table.columns());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Writer text = new OutputStreamWriter(bytes, StandardCharsets.UTF_8);
                CsvWriter csv =
                        CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
            List<String> line = new ArrayList<>(table.columns());
            if (table.keyColumn() != null) {
                line.add(0, table.keyColumn());
            }
            csv.writeRecord(line);
            List<Column> columns = table.columns().stream().map(table::column).toList();
            for (int row = 0; row < table.rows(); row++) {
                line.clear();
                if (table.isKeyed()) {
                    line.add(table.key(row));
                }
                for (Column column : columns) {
                    line.add(field(column, row));
                }
                csv.writeRecord(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static String field(Column column, int row) {
        if (column instanceof Column.Numbers numbers) {
            double value = numbers.values()[row];
            return Double.isNaN(value) ? "" : decimal(value);
        }
        String word = ((Column.Words) column).values()[row];
        return word == null ? "" : word;
    }

    /** Not Double.toString, whose digits were not always the shortest before JDK 19. */
    static String decimal(double value) {
        if (value == Math.rint(value) && Math.abs(value) < MOST_EXACT) {
            return Long.toString((long) value);
        }
        String shortest = NumberOutput.toString(value, true);
        if (shortest.indexOf('E') < 0 && !shortest.endsWith("0")) {
            return shortest;
        }
        return new BigDecimal(shortest).stripTrailingZeros().toPlainString();
    }

    /**
     * Reads what {@link #write} writes, and other CSV of this form.
     *
     * @param file the name of the file, for messages: {@code damage.csv:17: ...}
     * @param shape which column holds the keys, and which hold words
     * @throws InvalidDocumentException when the header is missing, names a column twice or does not begin with the key, a line has more or
     *     fewer fields than the header, a field is not a finite number, or a key does not come after the one before it
     */
    public static Table read(byte[] csv, String file, Shape shape) {
        Kept kept = new Kept(shape);
        new CsvLines(csv, file, StandardCharsets.UTF_8, ',', false).each(kept);
        return kept.table();
    }

    private static final class Kept implements CsvLines.Taker {
        private final Shape shape;
        private final int first;
        private final List<String> keys = new ArrayList<>();
        private final List<Cells> cells = new ArrayList<>();
        private List<String> names = List.of();
        private int rows;

        Kept(Shape shape) {
            this.shape = shape;
            this.first = shape.key() == null ? 0 : 1;
        }

        @Override
        public void header(List<String> header) {
            if (shape.key() != null) {
                Expect.that(header.size() > 1, "header", header, "a key column and at least one other");
                Expect.that(
                        header.get(0).equals(shape.key()), "column", header.get(0), "the key first: " + shape.key());
            }
            Set<String> seen = new HashSet<>();
            for (String name : header) {
                Expect.notBlank("column", name);
                Expect.that(seen.add(name), "column", name, "each name once");
            }
            names = header.subList(first, header.size());
            names.forEach(name -> cells.add(Cells.of(name, shape.isOfWords(name), NumberText.PLAIN, String::isEmpty)));
        }

        @Override
        public void row(CsvRecord fields) {
            rows++;
            for (int i = 0; i < cells.size(); i++) {
                cells.get(i).add(fields.getField(first + i));
            }
            if (shape.key() != null) {
                String key = fields.getField(0);
                Expect.notBlank(shape.key(), key);
                String before = keys.isEmpty() ? "" : keys.get(keys.size() - 1);
                Expect.that(before.compareTo(key) < 0, shape.key(), key, "a key after the one before it: " + before);
                keys.add(key);
            }
        }

        Table table() {
            Map<String, Column> columns = new LinkedHashMap<>();
            for (int i = 0; i < names.size(); i++) {
                columns.put(names.get(i), cells.get(i).column(null));
            }
            return shape.key() == null ? Table.unkeyed(rows, columns) : Table.keyed(shape.key(), keys, columns);
        }
    }
}
