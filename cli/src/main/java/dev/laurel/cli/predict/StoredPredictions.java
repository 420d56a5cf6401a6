package dev.laurel.cli.predict;

import dev.laurel.source.CsvText;
import dev.laurel.store.Prediction;
import dev.laurel.store.PredictionTable;
import dev.laurel.store.Store;
import dev.laurel.task.Answer;
import dev.laurel.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Predictions as rows of a database. Each part is a transaction, so that a batch that was cut off is gone on with by doing it again. */
final class StoredPredictions implements BatchOutput {
    private final Store store;
    private final PredictionTable predictions;
    private final Task task;
    private long written;

    /** @param batch the name by which its rows are there once */
    StoredPredictions(Store store, BatchModel model, String batch) {
        this.store = store;
        this.predictions = new PredictionTable(store, model.name(), model.version(), model.digest(), batch);
        this.task = model.file().signature().task();
    }

    @Override
    public Part part() {
        return new Rows();
    }

    @Override
    public void finish() {}

    @Override
    public Long written() {
        return written;
    }

    @Override
    public void close() {
        store.close();
    }

    private final class Rows implements Part {
        private final List<Prediction> rows = new ArrayList<>();

        @Override
        public void add(@Nullable String key, long line, Answer answer) {
            String name = key == null ? Long.toString(line) : key;
            if (answer instanceof Answer.Classified classified) {
                rows.add(new Prediction(
                        name,
                        classified.label(),
                        null,
                        classified.confidence(),
                        BatchOutput.isOfSeveral(task) ? byLabel(classified.probabilities()) : null));
            } else if (answer instanceof Answer.Estimated estimated) {
                String text = new CsvText().field(estimated.value()).toString();
                rows.add(new Prediction(name, text, estimated.value(), null, null));
            }
        }

        private SortedMap<String, Double> byLabel(List<Double> probabilities) {
            SortedMap<String, Double> named = new TreeMap<>();
            for (int label = 0; label < probabilities.size(); label++) {
                named.put(task.outputNames().get(label), probabilities.get(label));
            }
            return named;
        }

        @Override
        public void write() {
            written += predictions.write(rows);
        }
    }
}
