package dev.laurel.cli.predict;

import dev.laurel.model.Expect;
import dev.laurel.model.InvalidValueException;
import dev.laurel.program.Reason;
import dev.laurel.source.RowStream;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.CRC32C;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** A file that is read once from its beginning to its end, or standard input. */
final class FileRows implements BatchInput {
    private final String name;
    private final Counted counted;
    private final InputStream bytes;
    private final long size;

    private FileRows(String name, InputStream plain, boolean compressed, long size) throws IOException {
        this.name = name;
        this.counted = new Counted(plain);
        this.bytes = compressed ? new GZIPInputStream(counted, 1 << 16) : new BufferedInputStream(counted, 1 << 16);
        this.size = size;
    }

    /** @param name a name that ends in {@code .gz} is decompressed; {@code -} is standard input */
    static FileRows open(String name) throws IOException {
        if (name.equals(BatchFile.STANDARD)) {
            return new FileRows(name, System.in, false, 0);
        }
        Path path = Path.of(name);
        Expect.that(Files.isReadable(path) && !Files.isDirectory(path), "rows", name, "a file that can be read, or -");
        InputStream plain = Files.newInputStream(path);
        try {
            return new FileRows(name, plain, name.endsWith(BatchFile.COMPRESSED), Files.size(path));
        } catch (IOException e) {
            plain.close();
            throw notGzip(name, e);
        }
    }

    static InvalidValueException notGzip(String name, IOException e) {
        return new InvalidValueException("rows", name, "a whole file of gzip, as its name says; " + Reason.of(e));
    }

    @Override
    public RowStream rows(BatchModel model, @Nullable String key) throws IOException {
        return RowStream.ofCsv(
                bytes,
                name.equals(BatchFile.STANDARD) ? "standard input" : name,
                model.file().definition(),
                model.file().signature(),
                key);
    }

    @Override
    public String batch() {
        return name.equals(BatchFile.STANDARD)
                ? "standard-input"
                : String.valueOf(Path.of(name).getFileName());
    }

    @Override
    public double share() {
        return size == 0 ? -1 : Math.min(1, (double) counted.count / size);
    }

    @Override
    public String seen() {
        return String.format(Locale.ROOT, "%s bytes, CRC-32C %08x", counted.count, counted.sum.getValue());
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }

    private static final class Counted extends FilterInputStream {
        private final CRC32C sum = new CRC32C();
        private long count;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            if (next >= 0) {
                count++;
                sum.update(next);
            }
            return next;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int read = super.read(into, from, length);
            if (read > 0) {
                count += read;
                sum.update(into, from, read);
            }
            return read;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
