package dev.laurel.git.mirror;

import dev.laurel.git.AddedEntries;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevTree;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a push of one commit needs of a mirror that holds little more than the new objects. The parent is taken to have no history,
 * and folders that both commits have to be empty: all that is at the host already, and nobody has to see what is in it to leave it out.
 */
final class PushReader extends ObjectReader.Filter {
    private static final byte[] NO_ENTRIES = {};

    private final ObjectReader here;
    private final Set<ObjectId> known;
    private final Set<ObjectId> changed;

    /**
     * @param known the parent, which the host has; none where there is none
     * @param changed the folders in which the commit differs from it, of both
     */
    PushReader(ObjectReader here, Set<ObjectId> known, Set<ObjectId> changed) {
        this.here = here;
        this.known = known;
        this.changed = changed;
    }

    /** @param parent null when the commit has none */
    static Set<ObjectId> changed(ObjectReader here, ObjectId commit, @Nullable ObjectId parent) throws IOException {
        Set<ObjectId> changed = new HashSet<>();
        try (RevWalk walk = new RevWalk(here)) {
            RevTree before = parent == null ? null : walk.parseCommit(parent).getTree();
            new AddedEntries(here) {
                @Override
                protected void folder(ObjectId id) {
                    changed.add(id);
                }

                @Override
                protected void file(ObjectId id) {}
            }.visit(before, walk.parseCommit(commit).getTree());
        }
        return changed;
    }

    @Override
    protected ObjectReader delegate() {
        return here;
    }

    @Override
    public ObjectReader newReader() {
        return new PushReader(here.newReader(), known, changed);
    }

    @Override
    public Set<ObjectId> getShallowCommits() {
        return known;
    }

    @Override
    public ObjectLoader open(AnyObjectId id) throws IOException {
        return open(id, OBJ_ANY);
    }

    @Override
    public ObjectLoader open(AnyObjectId id, int type) throws IOException {
        return type == Constants.OBJ_TREE && !changed.contains(id)
                ? new ObjectLoader.SmallObject(type, NO_ENTRIES)
                : here.open(id, type);
    }
}
