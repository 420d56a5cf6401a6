package dev.laurel.store;

import dev.laurel.yaml.Yaml;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names and values as a text of JSON. */
final class Json {
    private Json() {}

    static @Nullable String orNull(@Nullable Map<String, ?> values) {
        return values == null ? null : of(values);
    }

    static String of(Map<String, ?> values) {
        return Yaml.toTree(values).toString();
    }
}
