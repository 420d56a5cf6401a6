package dev.laurel.source;

import dev.laurel.definition.Definition;
import dev.laurel.definition.Source;
import dev.laurel.model.InvalidValueException;
import dev.laurel.table.Table;
import java.io.IOException;
import java.nio.file.Path;

/** A file of rows as a definition asks for them, that of its source or another one. */
public final class RowFile {
    private RowFile() {}

    /**
     * All columns that the definition asks for, its target's too.
     *
     * @param file CSV, written as the source in the definition is; a name that ends in {@code .gz} is decompressed
     * @throws SourceException when there is no such file
     * @throws dev.laurel.yaml.InvalidDocumentException when it is not as the definition says
     */
    public static Table read(Path file, Definition definition) {
        return read(file, definition, definition);
    }

    /**
     * The same for an earlier definition of a model.
     *
     * @param written the definition as whose source the file is written
     * @param definition that asks for columns
     */
    public static Table read(Path file, Definition written, Definition definition) {
        Path real = real(file);
        Shape shape = Shape.of(definition);
        Source.Csv format = RowFormat.ofFiles(written, shape.key());
        byte[] bytes = new CsvSource(real.getParent()).bytes(named(format, String.valueOf(real.getFileName())));
        return CsvTable.read(bytes, file.toString(), format, new CsvTable.Asked(definition.asked(), shape.words()))
                .table();
    }

    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            throw new InvalidValueException("file", file, "a file that can be read");
        }
    }

    private static Source.Csv named(Source.Csv format, String path) {
        return new Source.Csv(path, null, ",", ".", null, null, null, format.encoding(), null, null);
    }
}
