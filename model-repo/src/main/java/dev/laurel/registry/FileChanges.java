package dev.laurel.registry;

import dev.laurel.git.PathChange;
import java.util.List;
import java.util.function.Predicate;

/** The paths that differ between two commits; a file that moved was removed here and added there. */
public record FileChanges(List<String> added, List<String> modified, List<String> removed) {
    public FileChanges {
        added = List.copyOf(added);
        modified = List.copyOf(modified);
        removed = List.copyOf(removed);
    }

    static FileChanges of(List<PathChange> changes) {
        return new FileChanges(
                paths(changes, change -> !change.before()),
                paths(changes, change -> change.before() && change.after()),
                paths(changes, change -> !change.after()));
    }

    private static List<String> paths(List<PathChange> changes, Predicate<PathChange> wanted) {
        return changes.stream().filter(wanted).map(PathChange::path).toList();
    }

    public int size() {
        return added.size() + modified.size() + removed.size();
    }
}
