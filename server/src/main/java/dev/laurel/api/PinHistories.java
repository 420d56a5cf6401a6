package dev.laurel.api;

import dev.laurel.model.Environment;
import dev.laurel.model.ModelName;
import dev.laurel.registry.Hold;
import dev.laurel.registry.PinChange;
import dev.laurel.registry.Revision;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The hold and the newest changes of each pin. Read once for each commit, since that walks the history and pages ask every few seconds. */
final class PinHistories {
    private static final int CHANGES = 10;

    private final Environment environment;
    private volatile AtCommit known = new AtCommit("", Map.of());

    private record AtCommit(String commit, Map<ModelName, PinHistory> histories) {}

    /** @param changes newest first */
    record PinHistory(Optional<Hold> hold, List<PinChange> changes) {}

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
                                revision.hold(environment, name), revision.changes(environment, name, CHANGES)));
    }
}
