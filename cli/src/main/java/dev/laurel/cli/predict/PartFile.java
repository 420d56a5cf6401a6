package dev.laurel.cli.predict;

import dev.laurel.model.Shard;
import dev.laurel.source.Rejection;
import dev.laurel.task.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The predictions of a shard, in a file of its own beside that of all of them: for each of its blocks the lines of the predictions and of the
 * rejected rows, as one process would have written them, and at the end what was read. {@link JoinedParts} reads it.
 */
final class PartFile implements BatchOutput, Rejections {
    static final String FORMAT = "laurel part 1";
    static final String HEADER = "header";
    static final String BLOCK = "block";
    static final String END = "end";

    private final BatchFile file;
    private final FilePredictions lines;
    private final BatchInput input;
    private byte[] predictions = new byte[0];
    private int answered;
    private long rejected;
    private long all;

    /** @param key the column of the keys; null where rows have none */
    PartFile(String to, Shard shard, BatchModel model, BatchInput input, @Nullable String key) throws IOException {
        this.file = BatchFile.create("--to", name(to, shard));
        this.lines = new FilePredictions(model, key);
        this.input = input;
        line("%s: %s %s %s".formatted(FORMAT, model.name(), model.version(), model.digest()));
        line("%s of %s".formatted(shard.number(), shard.of()));
        byte[] header = lines.header();
        line("%s %s".formatted(HEADER, header.length));
        file.write(header);
    }

    static String name(String to, Shard shard) {
        return String.format(Locale.ROOT, "%s.part-%04d-of-%04d", to, shard.number(), shard.of());
    }

    private void line(String line) throws IOException {
        file.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Part part() {
        FilePredictions.Lines part = lines.part();
        return new Part() {
            @Override
            public void add(@Nullable String key, long line, Answer answer) {
                part.add(key, line, answer);
            }

            @Override
            public void write() {
                predictions = part.toBytes();
            }
        };
    }

    @Override
    public void add(List<Rejection> rejections) throws IOException {
        byte[] text = RejectedRows.text(rejections);
        line("%s %s %s %s".formatted(BLOCK, predictions.length, text.length, rejections.size()));
        file.write(predictions);
        file.write(text);
        answered++;
        rejected += rejections.size();
    }

    /** @param rows those of all shards */
    void saw(long rows) {
        all = rows;
    }

    long rejected() {
        return rejected;
    }

    @Override
    public void finish() throws IOException {
        line("%s %s %s rows, %s".formatted(END, answered, all, input.seen()));
        file.finish();
    }

    @Override
    public @Nullable Long written() {
        return null;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
