package dev.laurel.source;

import dev.laurel.definition.Source;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Files of comma-separated values below the data folder. */
final class CsvSource {
    private static final int MOST_BYTES = 1 << 30;

    private final @Nullable Path folder;

    /** @param folder that of {@code LAUREL_DATA} or {@code --data}; null where there is none */
    CsvSource(@Nullable Path folder) {
        this.folder = folder;
    }

    static String origin(Source.Csv source) {
        return "csv " + source.path();
    }

    /** Why the file cannot be had, in a few words; null where it is there. */
    @Nullable
    String absence(Source.Csv source) {
        if (folder == null) {
            return "no data folder";
        }
        return Files.exists(folder.resolve(source.path())) ? null : "no such file in " + folder;
    }

    /**
     * @throws SourceException when there is no such file below the data folder
     * @throws dev.laurel.yaml.InvalidDocumentException when it is not as its source says
     */
    CsvTable read(Source.Csv source, CsvTable.Asked asked) {
        return CsvTable.read(bytes(source), source.path(), source, asked);
    }

    /** The file, decompressed. @throws SourceException when there is no such file below the data folder */
    byte[] bytes(Source.Csv source) {
        try {
            return bytes(source, file(source));
        } catch (NoSuchFileException e) {
            throw wrong(source, "no such file", "a file below " + folder);
        } catch (AccessDeniedException e) {
            throw wrong(source, "no permission to read " + e.getFile(), "a file that this process may read");
        } catch (EOFException | ZipException e) {
            throw wrong(source, String.valueOf(e.getMessage()), "a whole file of gzip, as its name says");
        } catch (IOException e) {
            throw wrong(source, e.toString(), "a readable file");
        }
    }

    private Path file(Source.Csv source) throws IOException {
        if (folder == null) {
            throw wrong(source, "no data folder", "a folder in LAUREL_DATA or after --data, with the file below it");
        }
        Path file = folder.resolve(source.path()).toRealPath();
        if (!file.startsWith(folder.toRealPath())) {
            throw wrong(source, "leads to " + file, "a file below " + folder + ", also by way of links");
        }
        if (!Files.isRegularFile(file)) {
            throw wrong(source, "no file", "a file, not a folder or a device");
        }
        return file;
    }

    /** Once, so that a file that grows meanwhile is read to one place only. */
    private static byte[] bytes(Source.Csv source, Path file) throws IOException {
        try (InputStream plain = Files.newInputStream(file);
                InputStream in = source.path().endsWith(".gz") ? new GZIPInputStream(plain) : plain) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw wrong(source, "more than " + MOST_BYTES + " bytes", "at most so many; split the file");
            }
            return bytes;
        }
    }

    private static SourceException wrong(Source.Csv source, String what, String expected) {
        return new SourceException("%s: %s (expected: %s)".formatted(origin(source), what, expected));
    }
}
