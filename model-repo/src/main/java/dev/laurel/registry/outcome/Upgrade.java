package dev.laurel.registry.outcome;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of bringing the files that are Laurel's own to those of this Laurel.
 *
 * @param written paths that were added or changed
 * @param removed paths below base/ that are not known any more
 * @param commit absent when there was nothing to do, or it was only asked what there is to do
 * @param branch the one that waits to be merged; absent when the commit is on main, or there is none
 */
public record Upgrade(
        List<String> written,
        List<String> removed,
        @Nullable String commit,
        @Nullable String branch) {
    public Upgrade {
        written = List.copyOf(written);
        removed = List.copyOf(removed);
    }

    /** Whether everything is as this Laurel has it. */
    public boolean isEmpty() {
        return written.isEmpty() && removed.isEmpty();
    }
}
