package dev.laurel.git;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.AbstractTreeIterator;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.jspecify.annotations.Nullable;

/**
 * What a folder has that another has not, by reading those folders alone that differ. Each is read once, however often it stands there and
 * however deep: a few bytes can name more folders than there is time for.
 */
public abstract class AddedEntries {
    private record Pair(@Nullable ObjectId before, ObjectId after) {}

    private final ObjectReader reader;
    private final Set<ObjectId> seen = new HashSet<>();

    protected AddedEntries(ObjectReader reader) {
        this.reader = reader;
    }

    /** A folder that is read: the older one is in the place of the newer one. */
    protected abstract void folder(ObjectId id) throws IOException;

    protected abstract void file(ObjectId id) throws IOException;

    /**
     * @param before which need not be there; null for none
     * @throws org.eclipse.jgit.errors.MissingObjectException when an added folder is not there
     */
    public final void visit(@Nullable ObjectId before, ObjectId after) throws IOException {
        Deque<Pair> left = new ArrayDeque<>();
        left.push(new Pair(before, after));
        while (!left.isEmpty()) {
            Pair next = left.pop();
            if (seen.add(next.after)) {
                compare(next, left);
            }
        }
    }

    private void compare(Pair pair, Deque<Pair> left) throws IOException {
        AbstractTreeIterator old = new EmptyTreeIterator();
        if (pair.before != null && reader.has(pair.before)) {
            folder(pair.before);
            old = new CanonicalTreeParser(null, reader, pair.before);
        }
        folder(pair.after);
        try (TreeWalk walk = new TreeWalk(reader)) {
            walk.setFilter(TreeFilter.ANY_DIFF);
            walk.addTree(old);
            walk.addTree(pair.after);
            while (walk.next()) {
                FileMode mode = walk.getFileMode(1);
                if (mode == FileMode.TREE) {
                    boolean wasFolder = walk.getFileMode(0) == FileMode.TREE;
                    left.push(new Pair(wasFolder ? walk.getObjectId(0) : null, walk.getObjectId(1)));
                } else if (mode != FileMode.MISSING && mode != FileMode.GITLINK) {
                    file(walk.getObjectId(1));
                }
            }
        }
    }
}
