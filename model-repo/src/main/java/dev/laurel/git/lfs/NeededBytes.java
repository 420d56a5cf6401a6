package dev.laurel.git.lfs;

import dev.laurel.model.Digest;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;

/**
 * The bytes that Git LFS pointers name: in the trees of all branches and tags, and in every tree that one of them had later than some
 * time. Each tree is read once, however many commits and however many calls look at it.
 */
final class NeededBytes {
    private final Repository repository;
    private final Instant since;
    private final Set<ObjectId> seen = new HashSet<>();
    private final Set<Digest> named = new HashSet<>();

    NeededBytes(Repository repository, Instant since) {
        this.repository = repository;
        this.since = since;
    }

    /** Of the references as they stand now, and of all that stood at earlier calls. */
    Set<Digest> look() throws IOException {
        try (RevWalk walk = new RevWalk(repository);
                ObjectReader reader = repository.newObjectReader()) {
            walk.setRetainBody(false);
            Set<ObjectId> wanted = new HashSet<>();
            for (Ref ref : repository.getRefDatabase().getRefs()) {
                if (ref.getObjectId() != null) {
                    RevObject tip = walk.peel(walk.parseAny(ref.getObjectId()));
                    if (tip instanceof RevCommit commit) {
                        walk.markStart(commit);
                        wanted.add(commit);
                    } else if (tip.getType() == Constants.OBJ_TREE) {
                        tree(reader, tip);
                    }
                }
            }
            // In this order a commit comes before its parents; one that was made lately took the place of its parents
            // until then.
            walk.sort(RevSort.TOPO);
            for (RevCommit commit = walk.next(); commit != null; commit = walk.next()) {
                if (wanted.contains(commit)) {
                    tree(reader, commit.getTree());
                }
                if (!Instant.ofEpochSecond(commit.getCommitTime()).isBefore(since)) {
                    wanted.addAll(Set.of(commit.getParents()));
                }
            }
        }
        return named;
    }

    private void tree(ObjectReader reader, ObjectId tree) throws IOException {
        if (!seen.add(tree.copy())) {
            return;
        }
        CanonicalTreeParser entries = new CanonicalTreeParser(null, reader, tree);
        for (; !entries.eof(); entries.next()) {
            FileMode mode = entries.getEntryFileMode();
            if (FileMode.TREE.equals(mode)) {
                tree(reader, entries.getEntryObjectId());
            } else if (!FileMode.GITLINK.equals(mode) && seen.add(entries.getEntryObjectId())) {
                pointer(reader, entries.getEntryObjectId());
            }
        }
    }

    private void pointer(ObjectReader reader, ObjectId blob) throws IOException {
        ObjectLoader content = reader.open(blob, Constants.OBJ_BLOB);
        if (content.getSize() <= LfsPointer.LONGEST) {
            LfsPointer.parse(content.getCachedBytes()).ifPresent(pointer -> named.add(pointer.digest()));
        }
    }
}
