package dev.laurel.git.collect;

import dev.laurel.git.lfs.LfsSweep.Kept;
import dev.laurel.git.lfs.LfsSweep.Unneeded;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a collection of garbage found and did.
 *
 * @param dryRun whether everything was left as it was
 * @param cutoff what was needed, or touched, after this time stays
 * @param unneeded the bytes of model files and rows that no retained version needs, largest first; removed unless it was a dry run
 * @param leftovers files and folders that killed writers left behind; removed unless it was a dry run
 * @param keptObjects bytes of model files and rows that stay
 * @param packing Git's own objects; absent for a dry run
 */
public record Garbage(
        boolean dryRun,
        Instant cutoff,
        List<Unneeded> unneeded,
        List<Leftover> leftovers,
        Kept keptObjects,
        @Nullable Packing packing) {
    public Garbage {
        unneeded = List.copyOf(unneeded);
        leftovers = List.copyOf(leftovers);
    }

    /** @param file or folder, relative to the repository; what it would have been may stand beside it */
    public record Leftover(String file, long size) {}

    public record Packing(Objects before, Objects after) {}

    /** Git's objects on disk. Old packs stay for an hour beside the new ones, since somebody may be reading them. */
    public record Objects(long loose, long looseSize, long packs, long packsSize) {
        public long size() {
            return looseSize + packsSize;
        }
    }

    /** Of the unneeded and the left behind, in bytes. */
    public long size() {
        return unneeded.stream().mapToLong(Unneeded::size).sum()
                + leftovers.stream().mapToLong(Leftover::size).sum();
    }
}
