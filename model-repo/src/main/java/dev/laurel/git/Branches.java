package dev.laurel.git;

import dev.laurel.git.disk.Refs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;

/** The branches beside {@code main}. Unlike main they may be rewritten and deleted, but only from the commit that is expected there. */
public final class Branches {
    private final BareRepository bare;
    private final Repository repository;
    private final @Nullable Hosted hosted;

    Branches(BareRepository bare, @Nullable Hosted hosted) {
        this.bare = bare;
        this.repository = bare.repository();
        this.hosted = hosted;
    }

    /**
     * The branches below a prefix; in a clone also those of the repository that it was cloned from, as they were at the last fetch.
     *
     * @param prefix such as {@code promote/}
     * @return the commit of each, by the whole name of the branch
     */
    public SortedMap<String, Commit> below(String prefix) throws IOException {
        SortedMap<String, Commit> branches = new TreeMap<>();
        if (hosted != null) {
            add(branches, hosted.branches(Constants.R_HEADS + prefix), Constants.R_HEADS);
            return branches;
        }
        add(branches, repository.getRefDatabase().getRefsByPrefix(Constants.R_HEADS + prefix), Constants.R_HEADS);
        if (bare.isClone()) {
            // What it was cloned from goes before a branch of the same name that somebody has checked out.
            add(branches, repository.getRefDatabase().getRefsByPrefix(Refs.ORIGIN + prefix), Refs.ORIGIN);
        }
        return branches;
    }

    private void add(SortedMap<String, Commit> branches, Collection<Ref> refs, String above) throws IOException {
        for (Ref ref : refs) {
            branches.put(
                    ref.getName().substring(above.length()),
                    bare.at(ref.getObjectId().name()));
        }
    }

    /**
     * Makes a branch, or lets it name another commit.
     *
     * @param expected what it names now; null when there is to be no such branch yet
     * @return whether it did; false when it is something else meanwhile, or somebody else is just writing it
     * @throws IOException when it cannot be written, or another branch has a part of its name
     */
    public boolean set(String branch, @Nullable Commit expected, Commit commit) throws IOException {
        String name = Constants.R_HEADS + branch;
        if (hosted != null) {
            return hosted.push(name, commit.revision(), expected == null ? null : expected.revision());
        }
        Collection<String> inTheWay = repository.getRefDatabase().getConflictingNames(name);
        if (!inTheWay.isEmpty()) {
            throw new IOException(
                    "%s cannot be made beside %s (delete that branch)".formatted(branch, String.join(", ", inTheWay)));
        }
        RefUpdate update = repository.updateRef(name);
        update.setExpectedOldObjectId(expected == null ? ObjectId.zeroId() : expected.revision());
        update.setNewObjectId(commit.revision());
        update.setForceUpdate(true);
        update.setRefLogIdent(commit.revision().getCommitterIdent());
        return isDone(branch, update.update());
    }

    /** @return whether it is gone; false when it is something else meanwhile, or somebody else is just writing it */
    public boolean delete(String branch, Commit expected) throws IOException {
        if (hosted != null) {
            return hosted.push(Constants.R_HEADS + branch, null, expected.revision());
        }
        RefUpdate update = repository.updateRef(Constants.R_HEADS + branch);
        update.setExpectedOldObjectId(expected.revision());
        update.setForceUpdate(true);
        return isDone(branch, update.delete());
    }

    private static boolean isDone(String branch, RefUpdate.Result result) throws IOException {
        return switch (result) {
            case NEW, FAST_FORWARD, FORCED, NO_CHANGE -> true;
            case LOCK_FAILURE, REJECTED -> false;
            case RENAMED,
                    NOT_ATTEMPTED,
                    REJECTED_CURRENT_BRANCH,
                    REJECTED_MISSING_OBJECT,
                    REJECTED_OTHER_REASON,
                    IO_FAILURE -> throw new IOException("%s could not be written: %s".formatted(branch, result));
        };
    }

    /** The file that a writer of this branch holds while it writes; one that stays was left by a writer that was killed. */
    public Path lock(String branch) {
        return repository.getDirectory().toPath().resolve(Constants.R_HEADS + branch + ".lock");
    }
}
