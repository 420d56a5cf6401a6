package dev.laurel.source;

import dev.laurel.yaml.InvalidDocumentException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The keys of a file in the order of its lines, and the order in which they rise. */
final class SortedKeys {
    private final String column;
    private final KeyText text;
    private final List<String> keys = new ArrayList<>();
    private int[] lines = new int[1024];

    /** @param pattern how dates are written; null for keys that stay as they are */
    SortedKeys(String column, @Nullable String pattern) {
        this.column = column;
        this.text = new KeyText(column, pattern);
    }

    void add(String field, int line) {
        if (keys.size() == lines.length) {
            lines = Arrays.copyOf(lines, lines.length * 2);
        }
        lines[keys.size()] = line;
        keys.add(text.key(field));
    }

    /**
     * Which row comes first, second and so on; null where they rise as they are.
     *
     * @throws InvalidDocumentException when a key comes twice
     */
    int @Nullable [] order(String file) {
        if (IntStream.range(1, keys.size()).allMatch(row -> keys.get(row - 1).compareTo(keys.get(row)) < 0)) {
            return null;
        }
        int[] order = IntStream.range(0, keys.size())
                .boxed()
                .sorted(Comparator.comparing(keys::get)) // stable: the later line is the one that is refused
                .mapToInt(Integer::intValue)
                .toArray();
        for (int i = 1; i < order.length; i++) {
            String key = keys.get(order[i]);
            if (key.equals(keys.get(order[i - 1]))) {
                throw new InvalidDocumentException(
                        file,
                        lines[order[i]],
                        "%s: '%s' (expected: each key once; it stands in line %s too)"
                                .formatted(column, key, lines[order[i - 1]]));
            }
        }
        return order;
    }

    List<String> inOrder(int @Nullable [] order) {
        return order == null ? keys : IntStream.of(order).mapToObj(keys::get).toList();
    }
}
