package dev.laurel.git;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.errors.AmbiguousObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.RevisionSyntaxException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;

/** Finds a commit by what a person calls it, by a time, or by two that come from it. */
final class CommitSearch {
    private final BareRepository bare;
    private final Repository repository;

    CommitSearch(BareRepository bare, Repository repository) {
        this.bare = bare;
        this.repository = repository;
    }

    /** Empty where there is none of that name, or more than one. */
    Optional<Commit> named(String name) throws IOException {
        try {
            ObjectId id = repository.resolve(name + "^{commit}");
            return id == null ? Optional.empty() : Optional.of(bare.at(id.name()));
        } catch (AmbiguousObjectException
                | IncorrectObjectTypeException
                | MissingObjectException
                | RevisionSyntaxException e) {
            return Optional.empty();
        }
    }

    /** The newest first-parent commit of which neither it nor one before it was committed later; empty where there was none yet. */
    Optional<Commit> standingAt(Instant time, Commit newest) throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            walk.setRetainBody(false);
            walk.setFirstParent(true);
            walk.markStart(walk.parseCommit(newest.revision()));
            RevCommit found = null;
            for (RevCommit commit = walk.next(); commit != null; commit = walk.next()) {
                if (commit.getCommitTime() > time.getEpochSecond()) {
                    found = null;
                } else if (found == null) {
                    found = commit;
                }
            }
            return found == null ? Optional.empty() : Optional.of(bare.at(found.name()));
        }
    }

    List<Commit> mergeBases(Commit one, Commit other) throws IOException {
        List<Commit> found = new ArrayList<>();
        try (RevWalk walk = new RevWalk(repository)) {
            walk.setRevFilter(RevFilter.MERGE_BASE);
            walk.markStart(walk.parseCommit(one.revision()));
            walk.markStart(walk.parseCommit(other.revision()));
            for (RevCommit commit = walk.next(); commit != null; commit = walk.next()) {
                found.add(bare.at(commit.name()));
            }
        }
        return found;
    }
}
