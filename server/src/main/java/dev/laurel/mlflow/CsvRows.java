package dev.laurel.mlflow;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.laurel.predict.Decimal;
import dev.laurel.predict.GivenRows;
import dev.laurel.predict.UnansweredException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A CSV with a header. An empty field is a missing value. */
final class CsvRows implements GivenRows {
    private final List<CsvRecord> rows;
    private final Map<String, Integer> places = new LinkedHashMap<>();

    CsvRows(byte[] body) {
        List<CsvRecord> lines = lines(text(body));
        if (lines.size() < 2) {
            throw UnansweredException.invalid("body", lines.size() + " lines", "a header, and a line for each row");
        }
        List<String> header = lines.get(0).getFields();
        for (int i = 0; i < header.size(); i++) {
            if (places.put(header.get(i), i) != null) {
                throw UnansweredException.invalid("line 1", header.get(i), "each column once");
            }
        }
        rows = lines.subList(1, lines.size());
        for (CsvRecord row : rows) {
            if (row.getFieldCount() != header.size()) {
                throw UnansweredException.invalid(
                        "line " + row.getStartingLineNumber(),
                        row.getFieldCount() + " fields",
                        "%s, as in the header".formatted(header.size()));
            }
        }
    }

    private static String text(byte[] body) {
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw UnansweredException.invalid("body", "not UTF-8", "CSV in UTF-8");
        }
    }

    private static List<CsvRecord> lines(String text) {
        try {
            return CsvReader.builder()
                    .skipEmptyLines(true)
                    .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .allowUnclosedQuote(false)
                    .ofCsvRecord(text)
                    .stream()
                    .toList();
        } catch (CsvParseException e) {
            throw UnansweredException.invalid("body", "a quote that nothing ends, or too long a field", "CSV");
        }
    }

    @Override
    public Set<String> columns() {
        return places.keySet();
    }

    @Override
    public int count() {
        return rows.size();
    }

    @Override
    public boolean has(int row, String column) {
        return places.containsKey(column);
    }

    @Override
    public boolean isNull(int row, String column) {
        return field(row, column).isEmpty();
    }

    @Override
    public double number(int row, String column) {
        String field = field(row, column);
        return field.equalsIgnoreCase("true")
                ? 1
                : field.equalsIgnoreCase("false") ? 0 : Decimal.parse(place(row, column), field, "a number");
    }

    @Override
    public String word(int row, String column) {
        String field = field(row, column);
        if (field.isEmpty()) {
            throw UnansweredException.invalid(place(row, column), "empty", "text");
        }
        return field;
    }

    @Override
    public String key(int row, String column) {
        return word(row, column);
    }

    @Override
    public String place(int row, String column) {
        return "line %s, %s".formatted(rows.get(row).getStartingLineNumber(), column);
    }

    private String field(int row, String column) {
        Integer place = places.get(column);
        if (place == null) {
            throw UnansweredException.invalid(place(row, column), "missing", "a value");
        }
        return rows.get(row).getField(place);
    }
}
