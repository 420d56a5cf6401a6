package dev.laurel.oip;

import dev.laurel.follow.LoadedModel;
import dev.laurel.predict.GivenRows;
import dev.laurel.predict.UnansweredException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows of the source, with a tensor for each column. */
final class TensorRows implements GivenRows {
    private final Map<String, Tensor> columns = new LinkedHashMap<>();
    private final int count;

    TensorRows(List<Tensor> tensors, LoadedModel model) {
        this.count = tensors.get(0).rows();
        List<String> known = new ArrayList<>(model.signature().columnNames());
        if (model.signature().key() != null) {
            known.add(model.signature().key());
        }
        for (Tensor tensor : tensors) {
            if (!known.contains(tensor.name())) {
                throw UnansweredException.invalid(
                        "inputs",
                        "unknown tensor " + tensor.name(),
                        "features alone, or one for each of " + String.join(", ", known));
            }
            if (columns.put(tensor.name(), tensor) != null) {
                throw UnansweredException.invalid("inputs", tensor.name() + " twice", "each tensor once");
            }
            if (!tensor.shape().equals(List.of(count)) && !tensor.shape().equals(List.of(count, 1))) {
                throw UnansweredException.invalid(
                        tensor.name() + ".shape", tensor.shape(), "[%s] or [%s, 1]".formatted(count, count));
            }
        }
        if (count == 0) {
            throw UnansweredException.invalid("inputs", "no row", "at least one");
        }
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public boolean has(int row, String column) {
        return columns.containsKey(column);
    }

    @Override
    public boolean isNull(int row, String column) {
        return elements(column).isNull(row);
    }

    @Override
    public double number(int row, String column) {
        return elements(column).number(row, i -> place(i, column));
    }

    @Override
    public String word(int row, String column) {
        return elements(column).word(row, i -> place(i, column));
    }

    @Override
    public String key(int row, String column) {
        return word(row, column);
    }

    @Override
    public String place(int row, String column) {
        return column + "[" + row + "]";
    }

    private Elements elements(String column) {
        Tensor tensor = columns.get(column);
        if (tensor == null) {
            throw UnansweredException.invalid(column, "missing", "a tensor");
        }
        return tensor.elements();
    }
}
