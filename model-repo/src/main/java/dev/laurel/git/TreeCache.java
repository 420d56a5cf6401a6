package dev.laurel.git;

import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.jspecify.annotations.Nullable;

/**
 * The trees that were read a short while ago. Each look-up of a path reads those on its way, which are mostly the same; JGit keeps none of
 * them, and opens, reads and inflates a file for each that is not in a pack.
 */
final class TreeCache {
    private static final int MOST_BYTES = 4 << 20;
    private static final int LARGEST = 64 << 10;

    private final Map<ObjectId, byte[]> trees = new LinkedHashMap<>(16, 0.75f, true);
    private int bytes;

    ObjectReader reader(ObjectReader stored) {
        return new Reader(stored);
    }

    private synchronized byte @Nullable [] get(AnyObjectId id) {
        return trees.get(id.toObjectId());
    }

    private synchronized void put(AnyObjectId id, byte[] tree) {
        if (tree.length > LARGEST || trees.put(id.toObjectId(), tree) != null) {
            return;
        }
        bytes += tree.length;
        for (Iterator<byte[]> oldest = trees.values().iterator(); bytes > MOST_BYTES; ) {
            bytes -= oldest.next().length;
            oldest.remove();
        }
    }

    private final class Reader extends ObjectReader.Filter {
        private final ObjectReader stored;

        Reader(ObjectReader stored) {
            this.stored = stored;
        }

        @Override
        protected ObjectReader delegate() {
            return stored;
        }

        @Override
        public ObjectReader newReader() {
            return new Reader(stored.newReader());
        }

        @Override
        public ObjectLoader open(AnyObjectId id, int type) throws IOException {
            if (type != Constants.OBJ_TREE) {
                return stored.open(id, type);
            }
            byte[] known = get(id);
            if (known != null) {
                return new ObjectLoader.SmallObject(type, known);
            }
            ObjectLoader loader = stored.open(id, type);
            if (!loader.isLarge()) {
                put(id, loader.getCachedBytes());
            }
            return loader;
        }

        /** JGit would open a tree once for its size and once more for what is in it. */
        @Override
        public long getObjectSize(AnyObjectId id, int type) throws IOException {
            return type == Constants.OBJ_TREE ? open(id, type).getSize() : stored.getObjectSize(id, type);
        }
    }
}
