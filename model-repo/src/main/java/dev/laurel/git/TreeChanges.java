package dev.laurel.git;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.jspecify.annotations.Nullable;

/** Files to write and to remove in one commit. Only the trees on the way to them are read and written, however large the rest is. */
public final class TreeChanges {
    private final SortedMap<String, Optional<byte[]>> files = new TreeMap<>();

    public TreeChanges put(String path, byte[] content) {
        files.put(path, Optional.of(content));
        return this;
    }

    public TreeChanges remove(String path) {
        files.put(path, Optional.empty());
        return this;
    }

    /** The files and folders that are written or removed. */
    public Set<String> paths() {
        return Collections.unmodifiableSet(files.keySet());
    }

    /** The id of {@code base} with these changes. */
    ObjectId applyTo(@Nullable ObjectId base, ObjectReader reader, ObjectInserter inserter) throws IOException {
        ObjectId tree = write(base, files, reader, inserter);
        return tree != null ? tree : inserter.insert(new TreeFormatter());
    }

    /** Null for a tree without entries, which Git does not keep inside another. */
    private static @Nullable ObjectId write(
            @Nullable ObjectId base,
            SortedMap<String, Optional<byte[]>> changes,
            ObjectReader reader,
            ObjectInserter inserter)
            throws IOException {
        SortedMap<String, Entry> entries = read(base, reader);
        SortedMap<String, SortedMap<String, Optional<byte[]>>> folders = new TreeMap<>();
        for (Map.Entry<String, Optional<byte[]>> change : changes.entrySet()) {
            int slash = change.getKey().indexOf('/');
            if (slash >= 0) {
                folders.computeIfAbsent(change.getKey().substring(0, slash), name -> new TreeMap<>())
                        .put(change.getKey().substring(slash + 1), change.getValue());
            } else {
                ObjectId blob = change.getValue().isEmpty()
                        ? null
                        : inserter.insert(Constants.OBJ_BLOB, change.getValue().get());
                replace(entries, change.getKey(), FileMode.REGULAR_FILE, blob);
            }
        }
        for (Map.Entry<String, SortedMap<String, Optional<byte[]>>> folder : folders.entrySet()) {
            Entry old = entries.get(key(folder.getKey(), FileMode.TREE));
            ObjectId tree = write(old == null ? null : old.id, folder.getValue(), reader, inserter);
            replace(entries, folder.getKey(), FileMode.TREE, tree);
        }
        if (entries.isEmpty()) {
            return null;
        }
        TreeFormatter formatter = new TreeFormatter();
        entries.values().forEach(entry -> formatter.append(entry.name, entry.mode, entry.id));
        return inserter.insert(formatter);
    }

    /** Puts an entry in the place of whatever has its name, a file or a folder. */
    private static void replace(SortedMap<String, Entry> entries, String name, FileMode mode, @Nullable ObjectId id) {
        entries.remove(key(name, FileMode.REGULAR_FILE));
        entries.remove(key(name, FileMode.TREE));
        if (id != null) {
            entries.put(key(name, mode), new Entry(name.getBytes(UTF_8), mode, id));
        }
    }

    private static SortedMap<String, Entry> read(@Nullable ObjectId tree, ObjectReader reader) throws IOException {
        SortedMap<String, Entry> entries = new TreeMap<>();
        if (tree == null) {
            return entries;
        }
        for (CanonicalTreeParser at = new CanonicalTreeParser(null, reader, tree); !at.eof(); at.next()) {
            byte[] name = new byte[at.getNameLength()];
            at.getName(name, 0);
            entries.put(
                    key(name, at.getEntryFileMode()), new Entry(name, at.getEntryFileMode(), at.getEntryObjectId()));
        }
        return entries;
    }

    private static String key(String name, FileMode mode) {
        return key(name.getBytes(UTF_8), mode);
    }

    /** Git's own order: by bytes, a folder as if its name ended with a slash. Bytes as Latin-1 compare as bytes, and none is lost. */
    private static String key(byte[] name, FileMode mode) {
        return new String(name, ISO_8859_1) + (FileMode.TREE.equals(mode) ? "/" : "");
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Entry(byte[] name, FileMode mode, ObjectId id) {}
}
