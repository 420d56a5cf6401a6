package dev.laurel.cli.predict;

import dev.laurel.model.Shard;
import dev.laurel.source.CsvText;
import dev.laurel.source.Rejection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lines that became no prediction, each with its reason, in a file that is there only when there are some. */
final class RejectedRows implements Rejections, AutoCloseable {
    private static final String ENDING = ".rejected.csv";

    private final Path path;
    private @Nullable BatchFile file;
    private long count;

    RejectedRows(Path path) {
        this.path = path;
    }

    /** Beside the predictions, or else beside the rows, and named like them; where both are streams, after the model. */
    static Path place(String from, String to, String model) {
        String named = to.equals(BatchFile.STANDARD) ? from : to;
        if (named.equals(BatchFile.STANDARD)) {
            return Path.of(model + ENDING);
        }
        Path path = Path.of(named);
        String name = String.valueOf(path.getFileName()).replaceFirst("\\.gz$", "");
        int end = name.lastIndexOf('.');
        return path.resolveSibling((end <= 0 ? name : name.substring(0, end)) + ENDING);
    }

    /** The same for the rows of a shard alone. */
    static Path place(String from, String to, String model, Shard shard) {
        Path place = place(from, to, model);
        return shard.isWhole()
                ? place
                : place.resolveSibling(
                        String.valueOf(place.getFileName()).replaceFirst("\\.csv$", "-" + shard + ".csv"));
    }

    Path path() {
        return path;
    }

    long count() {
        return count;
    }

    @Override
    public void add(List<Rejection> rejections) throws IOException {
        add(text(rejections), rejections.size());
    }

    /** @param lines what {@link #text} gave */
    void add(byte[] lines, long rejections) throws IOException {
        if (rejections == 0) {
            return;
        }
        if (file == null) {
            file = BatchFile.create("--rejected", path.toString());
            CsvText text = new CsvText().field("line").field("reason");
            text.end();
            file.write(text.toBytes());
        }
        file.write(lines);
        count += rejections;
    }

    static byte[] text(List<Rejection> rejections) {
        CsvText text = new CsvText();
        rejections.forEach(each -> text.field(each.line()).field(each.reason()).end());
        return text.toBytes();
    }

    /** One that an earlier run left there is gone then, too. */
    void finish() throws IOException {
        if (file != null) {
            file.finish();
        } else if (Files.isRegularFile(path)) {
            Files.delete(path);
        }
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
