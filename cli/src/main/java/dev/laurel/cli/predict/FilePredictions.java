package dev.laurel.cli.predict;

import dev.laurel.source.CsvText;
import dev.laurel.task.Answer;
import dev.laurel.task.Task;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Predictions as lines of CSV: the row's key or, without one, its line; what a server would answer; and which version said it.
 */
final class FilePredictions implements BatchOutput {
    /** Null where only lines are asked for. */
    private final @Nullable BatchFile file;

    private final @Nullable String key;
    private final Task task;
    private final String ending;

    /** @param key the column of the keys; null where rows have none */
    FilePredictions(BatchFile file, BatchModel model, @Nullable String key) throws IOException {
        this(model, key, file);
        file.write(header());
    }

    /** Lines for somebody else to write. */
    FilePredictions(BatchModel model, @Nullable String key) {
        this(model, key, null);
    }

    private FilePredictions(BatchModel model, @Nullable String key, @Nullable BatchFile file) {
        this.file = file;
        this.key = key;
        this.task = model.file().signature().task();
        this.ending = new CsvText()
                .field(model.name().value())
                .field(model.version().toString())
                .field(model.digest().toString())
                .toString();
    }

    byte[] header() {
        CsvText text = new CsvText().field(key == null ? "row" : key).field("prediction");
        if (task.isOfLabels()) {
            text.field("probability");
        }
        if (BatchOutput.isOfSeveral(task)) {
            task.outputNames().forEach(label -> text.field("p_" + label));
        }
        text.field("model").field("version").field("digest").end();
        return text.toBytes();
    }

    @Override
    public Lines part() {
        return new Lines();
    }

    @Override
    public void finish() throws IOException {
        if (file != null) {
            file.finish();
        }
    }

    @Override
    public @Nullable Long written() {
        return null;
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }

    final class Lines implements Part {
        private final CsvText text = new CsvText();

        @Override
        public void add(@Nullable String key, long line, Answer answer) {
            if (key == null) {
                text.field(line);
            } else {
                text.field(key);
            }
            if (answer instanceof Answer.Classified classified) {
                text.field(classified.label()).field(classified.confidence());
                if (BatchOutput.isOfSeveral(task)) {
                    classified.probabilities().forEach(text::field);
                }
            } else if (answer instanceof Answer.Estimated estimated) {
                text.field(estimated.value());
            }
            text.fields(ending).end();
        }

        byte[] toBytes() {
            return text.toBytes();
        }

        @Override
        public void write() throws IOException {
            if (file != null) {
                file.write(toBytes());
            }
        }
    }
}
