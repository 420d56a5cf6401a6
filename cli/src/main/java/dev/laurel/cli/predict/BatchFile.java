package dev.laurel.cli.predict;

import dev.laurel.model.Expect;
import dev.laurel.model.InvalidValueException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file that is there in the end, whole, or not at all: it is written beside its place and moved there. Standard output and devices take what
 * they get as it comes.
 */
final class BatchFile implements AutoCloseable {
    /** The name of standard input and standard output. */
    static final String STANDARD = "-";

    static final String COMPRESSED = ".gz";

    private final String name;
    private final OutputStream bytes;
    private final @Nullable Path building;
    private final @Nullable Path place;

    private BatchFile(String name, OutputStream bytes, @Nullable Path building, @Nullable Path place) {
        this.name = name;
        this.bytes = bytes;
        this.building = building;
        this.place = place;
    }

    /**
     * @param option the option that names it, for messages
     * @param name a name that ends in {@code .gz} is compressed
     */
    static BatchFile create(String option, String name) {
        if (name.equals(STANDARD)) {
            return new BatchFile("standard output", System.out, null, null);
        }
        Path place = Path.of(name).toAbsolutePath();
        Expect.that(!Files.isDirectory(place), option, name, "a file, not a folder");
        boolean device = Files.exists(place) && !Files.isRegularFile(place);
        Path building = device ? place : place.resolveSibling("." + place.getFileName() + "-" + UUID.randomUUID());
        try {
            OutputStream plain = new BufferedOutputStream(Files.newOutputStream(building), 1 << 16);
            if (!device) {
                // Ctrl-C ends the process without coming by close().
                building.toFile().deleteOnExit();
            }
            OutputStream bytes = name.endsWith(COMPRESSED) ? new GZIPOutputStream(plain, 1 << 16) : plain;
            return new BatchFile(name, bytes, device ? null : building, device ? null : place);
        } catch (IOException e) {
            throw new InvalidValueException(option, name, "a file in a folder that can be written");
        }
    }

    void write(byte[] part) throws IOException {
        bytes.write(part);
        // A PrintStream says only then that it failed, and not why.
        if (bytes instanceof PrintStream print && print.checkError()) {
            throw new IOException(name + " takes no more: its reader has closed it, or there is no room");
        }
    }

    /** All was written. */
    void finish() throws IOException {
        if (building == null || place == null) {
            bytes.flush();
            return;
        }
        bytes.close();
        Files.move(building, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        if (!(bytes instanceof PrintStream)) {
            bytes.close();
        }
        if (building != null) {
            Files.deleteIfExists(building);
        }
    }
}
