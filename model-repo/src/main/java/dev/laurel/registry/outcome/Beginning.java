package dev.laurel.registry.outcome;

import dev.laurel.definition.Definition;
import dev.laurel.model.Expect;
import dev.laurel.model.ModelName;
import dev.laurel.registry.layout.Layout;
import dev.laurel.schema.DefinitionSchema;
import dev.laurel.yaml.Yaml;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a new models repository begins with.
 *
 * @param definitions model.yaml of each model, as it will be committed
 * @param more files beside them, by path, such as those that bring pins to a cluster
 * @param forge where it has its pull requests; absent when its address tells, or it has none
 */
public record Beginning(
        SortedMap<ModelName, byte[]> definitions,
        SortedMap<String, byte[]> more,
        @Nullable ForgeAddress forge) {
    public Beginning {
        definitions = Collections.unmodifiableSortedMap(new TreeMap<>(definitions));
        more = Collections.unmodifiableSortedMap(new TreeMap<>(more));
        definitions.forEach((model, text) -> {
            String path = Layout.definition(model);
            ModelName named = Yaml.read(text, path, Definition.class).model();
            Expect.that(named.equals(model), path + ": model", named, model.toString());
        });
    }

    public Beginning(SortedMap<ModelName, byte[]> definitions, SortedMap<String, byte[]> more) {
        this(definitions, more, null);
    }

    /** Nothing but definitions. */
    public static Beginning with(SortedMap<ModelName, byte[]> definitions) {
        return new Beginning(definitions, Collections.emptySortedMap());
    }

    /** The same in a repository that has its pull requests there. */
    public Beginning on(ForgeAddress address) {
        return new Beginning(definitions, more, address);
    }

    /** The same with the schema by which editors complete and check definitions. */
    public Beginning withSchema() {
        SortedMap<String, byte[]> files = new TreeMap<>(more);
        files.put(Layout.SCHEMA, DefinitionSchema.json());
        return new Beginning(definitions, files, forge);
    }
}
