package dev.laurel.git.mirror;

import java.io.IOException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;

/** Reads objects, and has those fetched that are not here yet. */
final class LazyReader extends ObjectReader.Filter {
    private final ObjectReader here;
    private final Missing missing;

    LazyReader(ObjectReader here, Missing missing) {
        this.here = here;
        this.missing = missing;
    }

    /** Is told of an object that is not here. */
    interface Missing {
        /** @param type one of {@link Constants}, which may be {@link ObjectReader#OBJ_ANY} */
        void fetch(AnyObjectId id, int type) throws IOException;
    }

    @Override
    protected ObjectReader delegate() {
        return here;
    }

    @Override
    public ObjectReader newReader() {
        return new LazyReader(here.newReader(), missing);
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
            missing.fetch(id, type);
            return here.open(id, type);
        }
    }

    @Override
    public long getObjectSize(AnyObjectId id, int type) throws IOException {
        try {
            return here.getObjectSize(id, type);
        } catch (MissingObjectException e) {
            missing.fetch(id, type);
            return here.getObjectSize(id, type);
        }
    }
}
