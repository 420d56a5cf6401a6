package dev.laurel.feedback;

import dev.laurel.feature.Feature;
import dev.laurel.feature.State;
import dev.laurel.follow.LoadedModel;
import dev.laurel.predict.Input;
import dev.laurel.predictor.Signature.SourceColumn;
import dev.laurel.table.Table;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What was asked, as it is recorded: without private columns, without features that are computed from them, and without the rest of long texts. */
final class AskedColumns {
    private static final int LONGEST_TEXT = 1_000;

    private AskedColumns() {}

    /** By the names of columns; by those of features, where features were given. Missing values are left out. */
    static Map<String, Object> of(LoadedModel model, Input input) {
        Map<String, Object> asked = new LinkedHashMap<>();
        Table table = input.table();
        if (table == null) {
            features(model, input.vector(), asked);
        } else {
            columns(model, table, input.row(), asked);
        }
        return Collections.unmodifiableMap(asked);
    }

    private static void columns(LoadedModel model, Table table, int row, Map<String, Object> asked) {
        for (SourceColumn column : model.signature().columns()) {
            if (Boolean.TRUE.equals(column.isPrivate()) || table.isMissing(column.name(), row)) {
                continue;
            }
            asked.put(
                    column.name(),
                    column.type() == SourceColumn.Type.NUMBER
                            ? (Object) table.value(column.name(), row)
                            : cut(String.valueOf(table.word(column.name(), row))));
        }
    }

    private static void features(LoadedModel model, double[] vector, Map<String, Object> asked) {
        Set<String> secret = model.definition().privateColumns();
        int at = 0;
        for (Feature feature : model.definition().features()) {
            State state = model.features().state().features().getOrDefault(feature.name(), State.NONE);
            List<String> outputs = feature.outputs(state);
            boolean shown =
                    Collections.disjoint(feature.numbers(), secret) && Collections.disjoint(feature.words(), secret);
            for (String output : outputs) {
                if (shown) {
                    asked.put(output, vector[at]);
                }
                at++;
            }
        }
    }

    /** PostgreSQL has no text with a zero in it. */
    private static String cut(String whole) {
        String text = whole.replace('\0', '\uFFFD');
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
    }
}
