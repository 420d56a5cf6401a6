package dev.laurel.registry.rule;

import dev.laurel.model.VersionRecord;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The folders of versions whose documents were found to be sound. A tree never changes, so that once is enough. Safe for many threads. */
public final class SoundFolders {
    private static final int REMEMBERED = 1000;

    private final Map<Folder, VersionRecord> records = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Folder, VersionRecord> eldest) {
            return size() > REMEMBERED;
        }
    };

    synchronized Optional<VersionRecord> record(String path, String tree) {
        return Optional.ofNullable(records.get(new Folder(path, tree)));
    }

    synchronized void add(String path, String tree, VersionRecord record) {
        records.put(new Folder(path, tree), record);
    }

    /** The same tree in another place would say of itself that it is another version. */
    private record Folder(String path, String tree) {}
}
