package dev.laurel.predictor;

import dev.laurel.definition.Definition;
import dev.laurel.table.Table;
import dev.laurel.task.Task;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What goes into a model and what comes out.
 *
 * @param key the column of the keys; absent where rows have none
 * @param columns the columns of the source that the features are computed from, without the key
 * @param warmUp rows before the predicted one that the features need
 * @param features the inputs of the predictor, in order
 */
public record Signature(
        @Nullable String key, List<SourceColumn> columns, int warmUp, List<String> features, Task task) {

    /**
     * A column of the source.
     *
     * @param isPrivate whether its values are never recorded and never logged; absent where they may be
     */
    public record SourceColumn(
            String name, Type type, @Nullable Boolean isPrivate) {
        public SourceColumn(String name, Type type) {
            this(name, type, null);
        }

        /** What its values are. */
        public enum Type {
            NUMBER,
            WORD
        }
    }

    public Signature {
        columns = List.copyOf(columns);
        features = List.copyOf(features);
    }

    /**
     * @param table rows that the model was trained on
     * @param features the names of the predictor's inputs
     */
    public static Signature of(Definition definition, Table table, List<String> features, Task task) {
        List<SourceColumn> columns = new ArrayList<>();
        definition.numbers().forEach(name -> columns.add(column(definition, name, SourceColumn.Type.NUMBER)));
        definition.features().stream()
                .flatMap(feature -> feature.words().stream())
                .distinct()
                .sorted()
                .filter(name -> !name.equals(table.keyColumn()))
                .forEach(name -> columns.add(column(definition, name, SourceColumn.Type.WORD)));
        return new Signature(table.keyColumn(), columns, definition.warmUp(), features, task);
    }

    private static SourceColumn column(Definition definition, String name, SourceColumn.Type type) {
        return new SourceColumn(name, type, definition.privateColumns().contains(name) ? true : null);
    }

    public boolean hasColumn(String name) {
        for (SourceColumn column : columns) {
            if (column.name().equals(name)) {
                return true;
            }
        }
        return false;
    }

    public List<String> columnNames() {
        return columns.stream().map(SourceColumn::name).toList();
    }
}
