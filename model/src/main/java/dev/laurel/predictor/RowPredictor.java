package dev.laurel.predictor;

import dev.laurel.feature.FittedFeatures;
import dev.laurel.model.Digest;
import dev.laurel.model.Expect;
import dev.laurel.model.InvalidValueException;
import dev.laurel.predictor.Signature.SourceColumn;
import dev.laurel.table.Column;
import dev.laurel.table.Table;
import dev.laurel.task.Answer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model file alone, without Git and without a server: rows of its source in, answers out, the same that a server gives. For jobs that bring
 * their own rows, such as a partition of Spark or Flink. Immutable; safe for many threads. It is no {@code Serializable}: a job hands the bytes of
 * the model file around, which are small, and loads them once where they are used.
 */
public final class RowPredictor {
    private final ModelFile file;
    private final Predictor predictor;
    private final FittedFeatures features;

    private RowPredictor(ModelFile file) {
        this.file = file;
        this.predictor = Predictor.decode(file);
        this.features = file.features();
    }

    /**
     * Verifies, then decodes.
     *
     * @param modelFile the bytes of {@code <name>.model}
     * @param digest that of the pin or of the record; whoever brought the bytes need not be trusted then
     * @throws InvalidModelFileException when the bytes are others, or no model file
     */
    public static RowPredictor load(byte[] modelFile, Digest digest) {
        Digest found = Digest.of(modelFile);
        if (!found.equals(digest)) {
            throw new InvalidModelFileException("digest: %s (expected: %s)".formatted(found, digest));
        }
        return new RowPredictor(ModelFile.decode(modelFile));
    }

    /** Names and types of what rows may have, and how many rows before each are read. */
    public Signature signature() {
        return file.signature();
    }

    /**
     * An answer for each row that has enough rows before it, which is all but the first {@code warmUp} of them; for most models all.
     *
     * @param rows in their order, each with its values by the names of columns: a {@link Number} or a text, null or none where it is missing. Dates are
     *     written as {@code 2020-04-17}. Columns that the model does not know are passed over
     * @throws InvalidValueException when a value is of another type, or the definition has no rule for a missing one
     */
    public List<Answer> answers(List<? extends Map<String, ?>> rows) {
        Table filled = features.filled(table(rows));
        List<Answer> answers = new ArrayList<>();
        double[] vector = new double[features.outputs().size()];
        for (int row = file.signature().warmUp(); row < filled.rows(); row++) {
            features.vector(filled, row, vector);
            answers.add(predictor.answer(vector, Predictor.USUAL_THRESHOLD));
        }
        return answers;
    }

    /** The answer for one row of a model that reads no rows before it. */
    public Answer answer(Map<String, ?> row) {
        Expect.that(
                file.signature().warmUp() == 0,
                "rows before it",
                0,
                file.signature().warmUp() + "; hand them over with it, to answers(List)");
        return answers(List.of(row)).get(0);
    }

    private Table table(List<? extends Map<String, ?>> rows) {
        Map<String, Column> columns = new LinkedHashMap<>();
        for (SourceColumn column : file.signature().columns()) {
            columns.put(
                    column.name(),
                    column.type() == SourceColumn.Type.NUMBER
                            ? numbers(column.name(), rows)
                            : words(column.name(), rows));
        }
        String key = file.signature().key();
        if (key != null) {
            columns.put(key, words(key, rows));
        }
        return Table.unkeyed(rows.size(), columns);
    }

    private static Column numbers(String name, List<? extends Map<String, ?>> rows) {
        double[] values = new double[rows.size()];
        for (int row = 0; row < values.length; row++) {
            Object value = rows.get(row).get(name);
            if (value != null && !(value instanceof Number)) {
                throw wrong(name, row, value, "a number");
            }
            values[row] = value instanceof Number number ? number.doubleValue() : Double.NaN;
        }
        return new Column.Numbers(values);
    }

    private static Column words(String name, List<? extends Map<String, ?>> rows) {
        @Nullable String[] values = new String[rows.size()];
        for (int row = 0; row < values.length; row++) {
            Object value = rows.get(row).get(name);
            if (value != null && !(value instanceof CharSequence)) {
                throw wrong(name, row, value, "a text");
            }
            // As in a file, where nothing stands for what is missing.
            values[row] = value == null || value.toString().isEmpty() ? null : value.toString();
        }
        return new Column.Words(values);
    }

    private static InvalidValueException wrong(String name, int row, Object value, String expected) {
        return new InvalidValueException("%s at row %s".formatted(name, row + 1), value, expected);
    }
}
