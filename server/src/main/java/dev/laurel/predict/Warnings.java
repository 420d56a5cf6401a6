package dev.laurel.predict;

import dev.laurel.drift.Profile.Distribution;
import dev.laurel.follow.LoadedModel;
import dev.laurel.model.InvalidValueException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Collects what is odd about a request; of much that is odd the first few, and how many more there are. */
final class Warnings {
    private static final int SHOWN = 20;

    private final List<String> shown = new ArrayList<>();
    private int more;

    void add(String thing, Object value, String expected) {
        if (shown.size() < SHOWN) {
            shown.add(InvalidValueException.text(thing, value, expected));
        } else {
            more++;
        }
    }

    /** Columns that nothing reads: one that is misspelt, and may be missing, would be filled in without a word. */
    void addColumns(LoadedModel model, GivenRows rows) {
        Set<String> columns = rows.columns();
        if (!columns.isEmpty()) {
            Set<String> named = model.namedColumns();
            columns.stream()
                    .filter(column -> !named.contains(column))
                    .forEach(column ->
                            add("column", column, "one that the definition names: " + String.join(", ", named)));
        }
    }

    /** What lies outside of all that training saw. */
    void addRanges(LoadedModel model, List<Input> inputs) {
        List<Distribution> features = model.profile().features();
        for (int i = 0; i < inputs.size(); i++) {
            Input input = inputs.get(i);
            for (int feature = 0; feature < features.size(); feature++) {
                Distribution seen = features.get(feature);
                double lowest = seen.deciles().get(0);
                double highest = seen.deciles().get(10);
                double value = input.vector()[feature];
                if (value < lowest || value > highest) {
                    String place = input.key() == null ? "row " + (i + 1) : input.key();
                    add(seen.feature() + " at " + place, value, lowest + ".." + highest + ", as in training");
                }
            }
        }
    }

    List<String> all() {
        List<String> all = new ArrayList<>(shown);
        if (more > 0) {
            all.add("%s more".formatted(more));
        }
        return all;
    }
}
