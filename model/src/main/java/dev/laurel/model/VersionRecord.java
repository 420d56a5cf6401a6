package dev.laurel.model;

import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The record of a version, {@code version.yaml}: digest and size of each member of its folder and of its data. Its own digest stands
 * in the pin, so that the pin covers all evidence.
 *
 * @param members by file name; without the record itself
 * @param data the kept rows, {@code data/<hex>.csv}; absent when the definition does not keep them
 */
public record VersionRecord(
        ModelName model,
        Version version,
        SortedMap<String, Content> members,
        @Nullable Content data) {

    /** The digest and the size in bytes of a file. */
    public record Content(Digest digest, long size) {
        public Content {
            Expect.range("size", size, 0, Long.MAX_VALUE);
        }

        public static Content of(byte[] bytes) {
            return new Content(Digest.of(bytes), bytes.length);
        }
    }

    public VersionRecord {
        members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
        String file = modelFileName(model);
        Expect.that(members.containsKey(file), "members", members.keySet(), file + " among them");
    }

    public static String modelFileName(ModelName model) {
        return model + ".model";
    }

    public Content modelFile() {
        return Objects.requireNonNull(members.get(modelFileName(model)));
    }
}
