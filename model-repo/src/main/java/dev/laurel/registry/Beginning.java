package dev.laurel.registry;

import dev.laurel.definition.Definition;
import dev.laurel.git.TreeChanges;
import dev.laurel.model.Expect;
import dev.laurel.model.ModelName;
import dev.laurel.schema.DefinitionSchema;
import dev.laurel.yaml.Yaml;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a new models repository begins with.
 *
 * @param definitions model.yaml of each model, as it will be committed
 * @param more files beside them, by path, such as those that bring pins to a cluster
 */
public record Beginning(SortedMap<ModelName, byte[]> definitions, SortedMap<String, byte[]> more) {
    public Beginning {
        definitions = Collections.unmodifiableSortedMap(new TreeMap<>(definitions));
        more = Collections.unmodifiableSortedMap(new TreeMap<>(more));
        definitions.forEach((model, text) -> {
            String path = Layout.definition(model);
            ModelName named = Yaml.read(text, path, Definition.class).model();
            Expect.that(named.equals(model), path + ": model", named, model.toString());
        });
    }

    /** Nothing but definitions. */
    public static Beginning with(SortedMap<ModelName, byte[]> definitions) {
        return new Beginning(definitions, Collections.emptySortedMap());
    }

    /** The same in a repository that has its pull requests there. */
    public Beginning on(ForgeAddress forge) {
        SortedMap<String, byte[]> files = new TreeMap<>(more);
        files.put(Layout.FORMAT, Yaml.write(Format.on(forge)));
        return new Beginning(definitions, files);
    }

    /** The same with the schema by which editors complete and check definitions. */
    public Beginning withSchema() {
        SortedMap<String, byte[]> files = new TreeMap<>(more);
        files.put(Layout.SCHEMA, DefinitionSchema.json());
        return new Beginning(definitions, files);
    }

    TreeChanges files() {
        TreeChanges files = Layout.initial(definitions);
        more.forEach(files::put);
        return files;
    }

    CommitMessage message() {
        CommitMessage message = new CommitMessage("Lay down the models repository");
        definitions.keySet().forEach(model -> message.trailer("Model", model));
        return message;
    }
}
