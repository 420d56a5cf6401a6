package dev.laurel.api;

import dev.laurel.definition.Definition;
import dev.laurel.model.Environment;
import dev.laurel.model.ModelName;
import dev.laurel.registry.outcome.Hold;
import dev.laurel.registry.outcome.RegistryException;
import dev.laurel.registry.view.PinChange;
import dev.laurel.registry.view.Revision;
import dev.laurel.yaml.InvalidDocumentException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The hold and the newest changes of each pin, and the definition by which the next one is made. Read once for each commit, since that walks
 * the history and pages ask every few seconds.
 */
final class PinHistories {
    private static final int CHANGES = 10;

    private final Environment environment;
    private volatile AtCommit known = new AtCommit("", Map.of());

    private record AtCommit(String commit, Map<ModelName, PinHistory> histories) {}

    /**
     * @param changes newest first
     * @param definition as it stands; empty where it is gone or broken
     */
    record PinHistory(Optional<Hold> hold, List<PinChange> changes, Optional<Definition> definition) {
        static final PinHistory NONE = new PinHistory(Optional.empty(), List.of(), Optional.empty());
    }

    PinHistories(Environment environment) {
        this.environment = environment;
    }

    PinHistory of(Revision revision, ModelName model) {
        AtCommit at = known;
        if (!at.commit().equals(revision.commit())) {
            at = new AtCommit(revision.commit(), new ConcurrentHashMap<>());
            known = at;
        }
        return at.histories()
                .computeIfAbsent(
                        model,
                        name -> new PinHistory(
                                revision.hold(environment, name),
                                revision.changes(environment, name, CHANGES),
                                definition(revision, name)));
    }

    private static Optional<Definition> definition(Revision revision, ModelName model) {
        try {
            return Optional.of(revision.definition(model));
        } catch (RegistryException | InvalidDocumentException e) {
            return Optional.empty();
        }
    }
}
