package dev.laurel.registry.git;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
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

    private PushReader(ObjectReader here, Set<ObjectId> known, Set<ObjectId> changed) {
        this.here = here;
        this.known = known;
        this.changed = changed;
    }

    /**
     * @param commit which the host is to get; null when it gets none
     * @param parent of it, which the host has; null when it has none
     */
    static PushReader of(ObjectReader here, @Nullable ObjectId commit, @Nullable ObjectId parent) throws IOException {
        Set<ObjectId> changed = new HashSet<>();
        if (commit != null) {
            try (RevWalk walk = new RevWalk(here)) {
                @Nullable
                ObjectId before =
                        parent == null ? null : walk.parseCommit(parent).getTree();
                new AddedEntries(here) {
                    @Override
                    void folder(ObjectId id) {
                        changed.add(id);
                    }

                    @Override
                    void file(ObjectId id) {}
                }.visit(before, walk.parseCommit(commit).getTree());
            }
        }
        return new PushReader(here, parent == null ? Set.of() : Set.of(parent), changed);
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
