package dev.laurel.registry;

import dev.laurel.git.Commit;
import dev.laurel.git.PathChange;
import dev.laurel.model.Environment;
import dev.laurel.model.ModelName;
import dev.laurel.registry.kustomize.KustomizeFiles;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Of a number of changes, those that may leave a pin without what brings it to a cluster. */
final class OverlayChanges {
    private static final String BASE = KustomizeFiles.BASE + "/" + KustomizeFiles.OVERLAY;
    private static final Pattern BESIDE_A_PIN =
            Pattern.compile("environments/[^/]+/[^/]+/(?:champion|kustomization)\\.yaml");
    /** What overlays stand on; while it is there it cuts nothing off. */
    private static final Pattern SHARED =
            Pattern.compile("environments/[^/]+/server/kustomization\\.yaml|" + Pattern.quote(BASE));

    private final Map<String, Change> changes = new HashMap<>();
    private int noted;

    /** @param commit that made a change, later than those before */
    void note(PathChange change, Commit commit) {
        boolean shared = SHARED.matcher(change.path()).matches();
        if (shared ? !change.after() : BESIDE_A_PIN.matcher(change.path()).matches()) {
            changes.put(change.path(), new Change(noted++, commit));
        }
    }

    /** The problems of the pins that stand in the end, where one of these changes may be why, each with the newest that may. */
    Map<Problem, Commit> problems(CommitRevision end) throws IOException {
        Map<Problem, Commit> problems = new LinkedHashMap<>();
        if (changes.isEmpty()) {
            return problems;
        }
        Overlays overlays = new Overlays(end);
        for (Environment environment : end.environments()) {
            for (ModelName model : overlays.pinned(environment)) {
                Optional<Commit> newest = newest(environment, model);
                if (newest.isPresent()) {
                    overlays.problems(environment, model).forEach(problem -> problems.put(problem, newest.get()));
                }
            }
        }
        return problems;
    }

    private Optional<Commit> newest(Environment environment, ModelName model) {
        return Stream.of(
                        Layout.pin(environment, model),
                        KustomizeFiles.overlayPath(environment, model),
                        KustomizeFiles.serverFolder(environment) + "/" + KustomizeFiles.OVERLAY,
                        BASE)
                .filter(changes::containsKey)
                .map(changes::get)
                .max(Comparator.comparing(Change::order))
                .map(Change::commit);
    }

    private record Change(int order, Commit commit) {}
}
