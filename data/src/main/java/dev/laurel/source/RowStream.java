package dev.laurel.source;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.laurel.definition.Definition;
import dev.laurel.definition.Source;
import dev.laurel.feature.Filling;
import dev.laurel.feature.Missing;
import dev.laurel.model.Expect;
import dev.laurel.model.InvalidValueException;
import dev.laurel.predictor.Signature;
import dev.laurel.predictor.Signature.SourceColumn;
import dev.laurel.program.Reason;
import dev.laurel.yaml.InvalidDocumentException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a CSV file that a model is to answer for, a block at a time, so that there may be any number of them. Written as the source in
 * the model's definition is. A line that is no row is rejected, and the next one is read; the rows after it that would have read it lack it.
 */
public final class RowStream implements AutoCloseable {
    /** Enough that what a block costs does not count, and little enough to stay in a processor's cache. */
    static final int BLOCK = 4096;

    private final String file;
    private final Source.Csv format;
    private final LineFields fields = new LineFields();
    private final CsvReader<LineFields> reader;
    private final CloseableIterator<LineFields> lines;
    private final RowWindow window;
    private final List<String> passedOver;
    private final boolean keyed;

    /**
     * Reads the header.
     *
     * @param bytes not closed when this throws
     * @param file the name of the file, for messages
     * @throws InvalidDocumentException when a column that the model asks for is not there
     */
    public RowStream(InputStream bytes, String file, Definition definition, Signature signature) throws IOException {
        this.file = file;
        this.format = format(definition, signature);
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
        try {
            Columns columns = new Columns(fields.header(), definition, signature);
            fields.expect(columns.places);
            this.window = new RowWindow(
                    columns.numbers, columns.words, columns.key, signature.warmUp(), dropping(definition));
            this.passedOver = columns.passedOver;
            this.keyed = columns.key != null;
        } catch (InvalidValueException e) {
            throw new InvalidDocumentException(file, (int) fields.line(), String.valueOf(e.getMessage()));
        }
    }

    /** That of the definition's own source; rows of other sources are handed over in the usual one. */
    private static Source.Csv format(Definition definition, Signature signature) {
        Source source = definition.source();
        Source.Csv usual = source instanceof Source.Csv csv
                ? csv
                : source instanceof Source.Bundled bundled
                        ? BundledFile.of(bundled.name()).format()
                        : new Source.Csv("rows.csv", null, ",", ".", null, null, null, "UTF-8", null, null);
        return new Source.Csv(
                usual.path(),
                signature.key(),
                usual.delimiter(),
                usual.decimal(),
                usual.thousands(),
                usual.missing(),
                usual.dateFormat(),
                usual.encoding(),
                null,
                null);
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

    private static Set<String> dropping(Definition definition) {
        return definition.fillings().stream()
                .filter(filling -> filling.missing() == Missing.DROP)
                .map(Filling::column)
                .collect(Collectors.toSet());
    }

    /** The columns that the model does not ask for. */
    public List<String> passedOver() {
        return passedOver;
    }

    /** Whether rows have keys that are read. */
    public boolean hasKeys() {
        return keyed;
    }

    /**
     * The next rows; null after the last.
     *
     * @throws InvalidDocumentException when what follows is no CSV
     */
    public @Nullable RowBlock next() throws IOException {
        window.begin();
        int taken = 0;
        while (taken < BLOCK && hasNext()) {
            lines.next();
            if (fields.isEmpty() && fields.columns() != 1) {
                continue;
            }
            taken++;
            window.take(fields.line(), fields.problem());
        }
        return taken == 0 ? null : window.block();
    }

    private boolean hasNext() throws IOException {
        try {
            return lines.hasNext();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (CsvParseException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new InvalidDocumentException(file, (int) fields.line(), Reason.of(cause) + " (expected: CSV)");
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    /** Where in a line stands what the model asks for. */
    private final class Columns {
        final @Nullable Field[] places;
        final List<Field.NumberField> numbers = new ArrayList<>();
        final List<Field.WordField> words = new ArrayList<>();
        final Field.@Nullable KeyField key;
        final List<String> passedOver = new ArrayList<>();

        Columns(List<String> header, Definition definition, Signature signature) {
            Set<String> seen = new HashSet<>();
            header.forEach(name -> Expect.that(name.isEmpty() || seen.add(name), "column", name, "each name once"));
            places = new Field[header.size()];
            for (SourceColumn column : signature.columns()) {
                if (column.type() == SourceColumn.Type.NUMBER) {
                    numbers.add(at(header, new Field.NumberField(column.name(), format)));
                } else {
                    words.add(at(header, new Field.WordField(column.name(), format)));
                }
            }
            String name = signature.key();
            key = name == null || !(header.contains(name) || needsKey(name, definition, signature))
                    ? null
                    : at(header, new Field.KeyField(name, format));
            for (int place = 0; place < places.length; place++) {
                if (places[place] == null) {
                    passedOver.add(header.get(place));
                }
            }
        }

        /** A key that neither orders rows nor is read by a feature may be left out. */
        private static boolean needsKey(String key, Definition definition, Signature signature) {
            return signature.warmUp() > 0
                    || definition.features().stream()
                            .anyMatch(feature -> feature.words().contains(key));
        }

        private <F extends Field> F at(List<String> header, F field) {
            places[CsvTable.place(header, field.column(), format)] = field;
            return field;
        }
    }
}
