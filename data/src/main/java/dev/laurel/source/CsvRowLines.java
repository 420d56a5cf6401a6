package dev.laurel.source;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.laurel.definition.Source;
import dev.laurel.model.Expect;
import dev.laurel.yaml.InvalidDocumentException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The lines of a CSV file. */
final class CsvRowLines implements RowLines {
    private final String file;
    private final Source.Csv format;
    private final LineFields fields = new LineFields();
    private final CsvReader<LineFields> reader;
    private final CloseableIterator<LineFields> lines;

    /**
     * Reads the header.
     *
     * @param file the name of the file, for messages
     * @throws InvalidDocumentException when there is none, or it is no CSV
     */
    CsvRowLines(InputStream bytes, String file, Source.Csv format) throws IOException {
        this.file = file;
        this.format = format;
        this.reader = CsvReader.builder()
                .fieldSeparator(format.delimiter().charAt(0))
                .skipEmptyLines(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .build(fields, text(bytes, Charset.forName(format.encoding())));
        this.lines = reader.iterator();
        do {
            if (!hasNext()) {
                throw new InvalidDocumentException(file, 0, "empty (expected: a header, then a line for each row)");
            }
            lines.next();
        } while (fields.isEmpty());
    }

    /** Without a byte order mark. */
    private static Reader text(InputStream bytes, Charset encoding) throws IOException {
        Reader text = new InputStreamReader(bytes, encoding);
        PushbackReader unmarked = new PushbackReader(text, 1);
        int first = unmarked.read();
        if (first >= 0 && first != '\uFEFF') {
            unmarked.unread(first);
        }
        return unmarked;
    }

    private boolean hasNext() throws IOException {
        try {
            return lines.hasNext();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (CsvParseException e) {
            throw CsvLines.notCsv(e, file, (int) fields.line());
        }
    }

    @Override
    public List<String> header() {
        Set<String> seen = new HashSet<>();
        fields.header()
                .forEach(name -> Expect.that(name.isEmpty() || seen.add(name), "column", name, "each name once"));
        return fields.header();
    }

    @Override
    public int place(Field field) {
        return CsvTable.place(fields.header(), field.column(), format);
    }

    @Override
    public void expect(@Nullable Field[] columns) {
        fields.expect(columns);
    }

    @Override
    public boolean next() throws IOException {
        while (hasNext()) {
            lines.next();
            if (!fields.isEmpty() || fields.columns() == 1) {
                return true;
            }
        }
        return false;
    }

    @Override
    public long line() {
        return fields.line();
    }

    @Override
    public @Nullable String problem() {
        return fields.problem();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
