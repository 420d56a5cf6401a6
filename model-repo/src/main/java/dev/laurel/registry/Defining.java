package dev.laurel.registry;

import dev.laurel.definition.Definition;
import dev.laurel.git.TreeChanges;
import dev.laurel.model.Expect;
import dev.laurel.model.InvalidValueException;
import dev.laurel.model.ModelName;
import dev.laurel.registry.kustomize.KustomizeFiles;
import dev.laurel.schema.DefinitionSchema;
import dev.laurel.yaml.Yaml;

/** Puts the definition of a new model on main, with what brings it to the clusters that the repository has servers for. */
final class Defining {
    private final MainBranch main;

    Defining(MainBranch main) {
        this.main = main;
    }

    /** The commit. @throws InvalidValueException when there is such a model, or the text is no definition of it */
    String define(ModelName model, byte[] text, Author author) {
        String path = Layout.definition(model);
        ModelName named = Yaml.read(text, path, Definition.class).model();
        Expect.that(named.equals(model), path + ": model", named, model.toString());
        return main.write("defining " + model, () -> {
            CommitRevision head = main.head();
            if (head.has(model)) {
                throw new InvalidValueException(
                        "model", model, "a name that no model has yet; a commit changes what %s says".formatted(path));
            }
            TreeChanges files = new TreeChanges().put(path, text);
            if (head.file(Layout.SCHEMA).isEmpty()) {
                files.put(Layout.SCHEMA, DefinitionSchema.json());
            }
            head.environments().stream()
                    .filter(head::hasServer)
                    .forEach(environment -> files.put(
                            KustomizeFiles.overlayPath(environment, model),
                            KustomizeFiles.overlay(environment, model)));
            return main.commit(head, files, new CommitMessage("Define " + model).trailer("Model", model), author);
        });
    }
}
