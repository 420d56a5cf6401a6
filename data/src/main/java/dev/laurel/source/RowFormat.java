package dev.laurel.source;

import dev.laurel.definition.Definition;
import dev.laurel.definition.Source;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How rows are written that are handed over to a model. */
final class RowFormat {
    private RowFormat() {}

    /** Files: as the definition's own source. Where that is none of files, in the usual way. */
    static Source.Csv ofFiles(Definition definition, @Nullable String key) {
        Source source = definition.source();
        Source.Csv own = source instanceof Source.Csv csv
                ? csv
                : source instanceof Source.Bundled bundled
                        ? BundledFile.of(bundled.name()).format()
                        : usual(null, null);
        return new Source.Csv(
                own.path(),
                key,
                own.delimiter(),
                own.decimal(),
                own.thousands(),
                own.missing(),
                own.dateFormat(),
                own.encoding(),
                null,
                null);
    }

    /** Databases: a text in them that looks like a mark for a missing value is a text. */
    static Source.Csv ofDatabases(@Nullable String key) {
        return usual(key, List.of());
    }

    private static Source.Csv usual(@Nullable String key, @Nullable List<String> missing) {
        return new Source.Csv("rows.csv", key, ",", ".", null, missing, null, "UTF-8", null, null);
    }
}
