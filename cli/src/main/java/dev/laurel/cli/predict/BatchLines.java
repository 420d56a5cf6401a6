package dev.laurel.cli.predict;

import dev.laurel.model.Digest;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import dev.laurel.source.CsvText;
import dev.laurel.task.Answer;
import dev.laurel.task.Task;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How predictions are written: the row's key or, without one, its line; what a server would answer; and which version said it.
 *
 * @param key the column of the keys; null where rows have none
 */
record BatchLines(@Nullable String key, Task task, ModelName model, Version version, Digest digest) {
    byte[] header() {
        CsvText text = new CsvText().field(key == null ? "row" : key).field("prediction");
        if (task.isOfLabels()) {
            text.field("probability");
        }
        if (hasSeveral()) {
            task.outputNames().forEach(label -> text.field("p_" + label));
        }
        text.field("model").field("version").field("digest").end();
        return text.toBytes();
    }

    /** What every line ends in. */
    String ending() {
        return new CsvText()
                .field(model.value())
                .field(version.toString())
                .field(digest.toString())
                .toString();
    }

    /** Of two labels the one probability says the other. */
    private boolean hasSeveral() {
        return task.isOfLabels() && task.outputs() > 2;
    }

    void write(@Nullable String rowKey, long line, Answer answer, String ending, CsvText text) {
        if (rowKey == null) {
            text.field(line);
        } else {
            text.field(rowKey);
        }
        if (answer instanceof Answer.Classified classified) {
            text.field(classified.label()).field(classified.confidence());
            if (hasSeveral()) {
                List<Double> probabilities = classified.probabilities();
                for (int label = 0; label < probabilities.size(); label++) {
                    text.field(probabilities.get(label));
                }
            }
        } else if (answer instanceof Answer.Estimated estimated) {
            text.field(estimated.value());
        }
        text.fields(ending).end();
    }
}
