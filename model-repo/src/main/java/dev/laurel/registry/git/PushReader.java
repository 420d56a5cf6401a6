package dev.laurel.registry.git;

import java.io.IOException;
import java.util.Set;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a push needs of a mirror that holds little more than the new objects. The parent is taken to have no history, and folders
 * that are not here to be empty: both are at the host already, and nobody has to see what is in them to leave them out.
 */
final class PushReader extends ObjectReader.Filter {
    private static final byte[] NO_ENTRIES = {};

    private final ObjectReader here;
    private final Set<ObjectId> known;

    PushReader(ObjectReader here, @Nullable ObjectId parent) {
        this.here = here;
        this.known = parent == null ? Set.of() : Set.of(parent);
    }

    @Override
    protected ObjectReader delegate() {
        return here;
    }

    @Override
    public ObjectReader newReader() {
        return new PushReader(here.newReader(), known.stream().findFirst().orElse(null));
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
        try {
            return here.open(id, type);
        } catch (MissingObjectException e) {
            if (type == Constants.OBJ_TREE) {
                return new ObjectLoader.SmallObject(type, NO_ENTRIES);
            }
            throw e;
        }
    }
}
