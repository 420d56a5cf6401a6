package dev.laurel.source;

import dev.laurel.definition.Definition;
import dev.laurel.definition.Source;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the rows that a definition asks for are read.
 *
 * @param key the column of their keys; null for rows without keys
 * @param words the columns read as words, without the key's; all others hold numbers
 */
public record Shape(@Nullable String key, Set<String> words) {
    public Shape {
        words = Set.copyOf(words);
    }

    /** @throws SourceException when the definition names bundled rows that there are not */
    public static Shape of(Definition definition) {
        String key = key(definition.source().effective());
        Set<String> words = new HashSet<>(definition.words());
        words.remove(key);
        return new Shape(key, words);
    }

    static @Nullable String key(Source source) {
        if (source instanceof Source.Csv csv) {
            return csv.key();
        }
        if (source instanceof Source.Jdbc jdbc) {
            return jdbc.key();
        }
        if (source instanceof Source.Joined joined) {
            return key(joined.left().effective());
        }
        return source instanceof Source.Bundled bundled
                ? BundledFile.of(bundled.name()).format().key()
                : YahooChart.KEY;
    }

    boolean isOfWords(String column) {
        return words.contains(column);
    }
}
