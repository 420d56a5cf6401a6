package dev.laurel.source;

import dev.laurel.database.TypedRows;
import dev.laurel.definition.Definition;
import dev.laurel.definition.Source;
import dev.laurel.feature.Filling;
import dev.laurel.feature.Missing;
import dev.laurel.model.Expect;
import dev.laurel.model.InvalidValueException;
import dev.laurel.predictor.Signature;
import dev.laurel.predictor.Signature.SourceColumn;
import dev.laurel.yaml.InvalidDocumentException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a model is to answer for, a block at a time, so that there may be any number of them. A line that is no row is rejected, and the
 * next one is read; the rows after it that would have read it lack it.
 */
public final class RowStream implements AutoCloseable {
    /** Enough that what a block costs does not count, and little enough to stay in a processor's cache. */
    static final int BLOCK = 4096;

    private final RowLines lines;
    private final RowWindow window;
    private final @Nullable Field[] places;
    /** Whether rows are answered for without those before them. */
    private final boolean single;

    private final List<String> passedOver;
    private final List<String> lacking;
    private final @Nullable String key;

    private RowStream(RowLines lines, Source.Csv format, Definition definition, Signature signature) {
        this.lines = lines;
        Columns columns = new Columns(lines, format, definition, signature);
        lines.expect(columns.places);
        this.places = columns.places;
        this.single = signature.warmUp() == 0;
        this.window =
                new RowWindow(columns.numbers, columns.words, columns.key, signature.warmUp(), dropping(definition));
        this.passedOver = columns.passedOver;
        this.lacking = columns.lacking;
        this.key = columns.key == null ? null : columns.key.column();
    }

    /**
     * The lines of a CSV file that is written as the source in the model's definition is. Reads the header.
     *
     * @param bytes not closed when this throws
     * @param file the name of the file, for messages
     * @param named the column that names rows which have no key; null where their lines do
     * @throws InvalidDocumentException when a column that the model asks for is not there
     */
    public static RowStream ofCsv(
            InputStream bytes, String file, Definition definition, Signature signature, @Nullable String named)
            throws IOException {
        Source.Csv format = RowFormat.ofFiles(definition, key(signature, named));
        CsvRowLines lines = new CsvRowLines(bytes, file, format);
        try {
            return new RowStream(lines, format, definition, signature);
        } catch (InvalidValueException e) {
            throw new InvalidDocumentException(file, (int) lines.line(), String.valueOf(e.getMessage()));
        }
    }

    /**
     * The rows of a query.
     *
     * @param rows not closed when this throws
     * @param named the column that names rows which have no key; null where their numbers do
     * @throws InvalidValueException when a column that the model asks for is not there
     * @throws dev.laurel.database.DatabaseException when one is of a type that does not hold what the model asks for
     */
    public static RowStream ofRows(TypedRows rows, Definition definition, Signature signature, @Nullable String named) {
        Source.Csv format = RowFormat.ofDatabases(key(signature, named));
        return new RowStream(new JdbcRowLines(rows), format, definition, signature);
    }

    private static @Nullable String key(Signature signature, @Nullable String named) {
        if (named == null) {
            return signature.key();
        }
        Expect.that(
                signature.key() == null, "key", named, "none, since rows of this model have one: " + signature.key());
        Expect.that(signature.warmUp() == 0, "key", named, "none, since this model reads rows in their order");
        Expect.that(!signature.columnNames().contains(named), "key", named, "a column that the model does not read");
        return named;
    }

    /** The columns whose value a row may lack and be answered for all the same. */
    private static Set<String> filled(Definition definition) {
        return definition.fillings().stream()
                .filter(filling -> filling.missing() != Missing.DROP)
                .map(Filling::column)
                .collect(Collectors.toSet());
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

    /** The columns that are not there at all, and whose values are filled in as the definition says. */
    public List<String> lacking() {
        return lacking;
    }

    /** The column that names rows; null where their lines do. */
    public @Nullable String key() {
        return key;
    }

    /**
     * The next rows; null after the last.
     *
     * @throws InvalidDocumentException when what follows is no CSV
     */
    public @Nullable RowBlock next() throws IOException {
        window.begin();
        int taken = 0;
        while (taken < BLOCK && lines.next()) {
            taken++;
            window.take(lines.line(), lines.problem());
        }
        return taken == 0 ? null : window.block();
    }

    /**
     * Passes over what {@link #next} would have read, without a look at its values where no row after it needs them.
     *
     * @return how many lines; 0 after the last
     */
    public int skip() throws IOException {
        if (!single) {
            RowBlock block = next();
            return block == null ? 0 : block.taken();
        }
        lines.expect(new Field[places.length]);
        int passed = 0;
        while (passed < BLOCK && lines.next()) {
            passed++;
        }
        lines.expect(places);
        return passed;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }

    /** Where in a line stands what the model asks for. */
    private static final class Columns {
        private final RowLines lines;
        final @Nullable Field[] places;
        final List<Field.NumberField> numbers = new ArrayList<>();
        final List<Field.WordField> words = new ArrayList<>();
        final Field.@Nullable KeyField key;
        final List<String> passedOver = new ArrayList<>();
        final List<String> lacking = new ArrayList<>();
        private final Set<String> filled;

        Columns(RowLines lines, Source.Csv format, Definition definition, Signature signature) {
            this.lines = lines;
            List<String> header = lines.header();
            places = new Field[header.size()];
            // Of a file that has none of the columns nothing can be filled in.
            filled = signature.columns().stream().map(SourceColumn::name).anyMatch(header::contains)
                    ? filled(definition)
                    : Set.of();
            for (SourceColumn column : signature.columns()) {
                if (column.type() == SourceColumn.Type.NUMBER) {
                    numbers.add(at(new Field.NumberField(column.name(), format)));
                } else {
                    words.add(at(new Field.WordField(column.name(), format)));
                }
            }
            String name = format.key();
            key = name == null
                            || !(header.contains(name)
                                    || signature.key() == null
                                    || needsKey(name, definition, signature))
                    ? null
                    : at(new Field.KeyField(name, format));
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

        private <F extends Field> F at(F field) {
            if (filled.contains(field.column()) && !lines.header().contains(field.column())) {
                lacking.add(field.column());
                return field;
            }
            places[lines.place(field)] = field;
            return field;
        }
    }
}
