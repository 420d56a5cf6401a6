package dev.laurel.source;

import de.siegmar.fastcsv.reader.CsvRecord;
import dev.laurel.definition.Source;
import dev.laurel.model.Expect;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a file of comma-separated values looks like whose definition nobody has written yet.
 *
 * @param delimiter the one of {@code , ; | tab} that its first line has most of
 * @param thousands null where no number has a mark between thousands
 * @param decimal a comma where more columns are numbers with it than with a point
 */
public record CsvSurvey(
        int rows,
        String delimiter,
        String decimal,
        @Nullable String thousands,
        String encoding,
        List<SurveyedColumn> columns) {
    public CsvSurvey {
        columns = List.copyOf(columns);
    }

    /**
     * @param folder the data folder
     * @param path of the file below it
     * @throws SourceException when there is no such file below the folder
     * @throws dev.laurel.yaml.InvalidDocumentException when it is no CSV
     */
    public static CsvSurvey of(Path folder, String path) {
        Source.Csv source = new Source.Csv(path, null, ",", ".", null, null, null, "UTF-8", null, null);
        byte[] csv = new CsvSource(folder).bytes(source);
        Charset encoding = encoding(csv);
        char delimiter = delimiter(csv);
        Reading reading = new Reading(source);
        new CsvLines(csv, path, encoding, delimiter, true).each(reading);
        boolean commas = delimiter != ','
                && reading.columns.stream().mapToInt(ColumnTally::preference).sum() < 0;
        List<SurveyedColumn> columns =
                reading.columns.stream().map(column -> column.sum(commas)).toList();
        boolean grouped = columns.stream().anyMatch(SurveyedColumn::grouped);
        return new CsvSurvey(
                reading.rows,
                String.valueOf(delimiter),
                commas ? "," : ".",
                grouped ? commas ? "." : "," : null,
                encoding.name(),
                columns);
    }

    public Optional<SurveyedColumn> column(String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }

    /** UTF-8, as long as it is that; the other encoding takes every byte. */
    private static Charset encoding(byte[] csv) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(csv));
            return StandardCharsets.UTF_8;
        } catch (CharacterCodingException e) {
            return Charset.forName("windows-1252");
        }
    }

    private static char delimiter(byte[] csv) {
        int[] counts = new int[128];
        boolean quoted = false;
        for (byte each : csv) {
            if (each == '\n' && !quoted) {
                break;
            }
            quoted ^= each == '"';
            if (each >= 0 && !quoted) {
                counts[each]++;
            }
        }
        char best = ',';
        for (char candidate : new char[] {';', '\t', '|'}) {
            best = counts[candidate] > counts[best] ? candidate : best;
        }
        return best;
    }

    private static final class Reading implements CsvLines.Taker {
        private final Source.Csv format;
        private final List<ColumnTally> columns = new ArrayList<>();
        private int rows;

        Reading(Source.Csv format) {
            this.format = format;
        }

        @Override
        public void header(List<String> names) {
            Set<String> seen = new HashSet<>();
            for (String name : names) {
                Expect.that(name.isEmpty() || seen.add(name), "column", name, "each name once");
                columns.add(new ColumnTally(name));
            }
        }

        @Override
        public void row(CsvRecord fields) {
            rows++;
            for (int i = 0; i < columns.size(); i++) {
                String field = fields.getField(i);
                columns.get(i).add(format.isMissing(field) ? null : field);
            }
        }
    }
}
