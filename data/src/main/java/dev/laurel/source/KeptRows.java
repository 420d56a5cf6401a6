package dev.laurel.source;

import dev.laurel.table.Table;
import dev.laurel.yaml.InvalidDocumentException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Downloaded rows on disk: canonical CSV, with what the source said about them in a text file beside it. The time of the CSV file is the
 * time of the download. Whole files take the place of whole files, so that another process never reads half of one.
 */
final class KeptRows {
    /** @param at when they were downloaded */
    record Kept(Table table, String notes, Instant at) {}

    private static final Shape BARS = new Shape(YahooChart.KEY, Set.of());

    private final Path folder;

    KeptRows(Path folder) {
        this.folder = folder;
    }

    Path folder() {
        return folder;
    }

    /** When the rows of this name were downloaded; null when none are kept. */
    @Nullable
    Instant time(String name) throws IOException {
        return Files.exists(csv(name)) ? Files.getLastModifiedTime(csv(name)).toInstant() : null;
    }

    /** @throws InvalidDocumentException when the file does not hold rows with dates */
    Kept read(String name, Instant at) throws IOException {
        String file = csv(name).toString();
        Table table = TableCsv.read(Files.readAllBytes(csv(name)), file, BARS);
        try {
            table.keys().forEach(LocalDate::parse);
        } catch (DateTimeParseException e) {
            throw new InvalidDocumentException(file, 0, "a key is not a date: " + e.getParsedString());
        }
        if (table.rows() == 0) {
            throw new InvalidDocumentException(file, 0, "no rows (expected: at least one)");
        }
        for (String column : table.columns()) {
            for (int row = 0; row < table.rows(); row++) {
                if (table.isMissing(column, row)) {
                    throw new InvalidDocumentException(
                            file, 0, "%s at %s: missing (expected: a number)".formatted(column, table.key(row)));
                }
            }
        }
        String notes = Files.exists(notes(name)) ? Files.readString(notes(name)) : "";
        return new Kept(table, notes, at);
    }

    void keep(String name, Kept rows) throws IOException {
        Files.createDirectories(folder);
        replace(notes(name), rows.notes().getBytes(StandardCharsets.UTF_8), rows.at());
        replace(csv(name), TableCsv.write(rows.table()), rows.at());
    }

    private void replace(Path file, byte[] bytes, Instant at) throws IOException {
        Path unfinished = Files.createTempFile(folder, "unfinished-", ".tmp");
        try {
            Files.write(unfinished, bytes);
            Files.setLastModifiedTime(unfinished, FileTime.from(at));
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private Path csv(String name) {
        return folder.resolve(name + ".csv");
    }

    private Path notes(String name) {
        return folder.resolve(name + ".notes.txt");
    }
}
