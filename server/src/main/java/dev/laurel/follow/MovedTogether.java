package dev.laurel.follow;

import dev.laurel.model.Environment;
import dev.laurel.model.ModelName;
import dev.laurel.registry.view.PinChange;
import dev.laurel.registry.view.Revision;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Pins that one commit moved are followed all or none: where one of them cannot be loaded, the champions that stood before the others go on
 * answering as well.
 */
record MovedTogether(Revision revision, Environment environment, Collection<ModelName> failing) {
    /** The models that cannot be loaded and whose pins the same commit moved last. */
    List<ModelName> failingBeside(ModelName model) {
        Optional<String> commit = commit(model);
        return failing.stream()
                .filter(other -> !other.equals(model))
                .filter(other -> commit.isPresent() && commit.equals(commit(other)))
                .toList();
    }

    private Optional<String> commit(ModelName model) {
        return revision.changes(environment, model, 1).stream().findFirst().map(PinChange::commit);
    }
}
