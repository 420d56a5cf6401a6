package dev.laurel.model;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where a version comes from, {@code provenance.yaml}. Host and clock stand here and only here: what is hashed into a model file holds
 * neither.
 *
 * @param dataNotes what the source said about the rows, for people
 * @param commit the commit of the models repository that the run started from
 * @param parent the earlier version that it goes on from, and that is kept as long as this one; absent where it was made from nothing
 */
public record Provenance(
        ModelName model,
        Version version,
        Digest definition,
        Digest data,
        String dataNotes,
        String commit,
        long seed,
        String laurel,
        String java,
        String os,
        String architecture,
        SortedMap<String, String> libraries,
        Instant startedAt,
        Instant trainedAt,
        @Nullable Version parent) {
    /** Of a version that was made from nothing. */
    public Provenance(
            ModelName model,
            Version version,
            Digest definition,
            Digest data,
            String dataNotes,
            String commit,
            long seed,
            String laurel,
            String java,
            String os,
            String architecture,
            SortedMap<String, String> libraries,
            Instant startedAt,
            Instant trainedAt) {
        this(
                model,
                version,
                definition,
                data,
                dataNotes,
                commit,
                seed,
                laurel,
                java,
                os,
                architecture,
                libraries,
                startedAt,
                trainedAt,
                null);
    }

    public Provenance {
        Expect.that(
                parent == null || parent.compareTo(version) < 0,
                "parent",
                String.valueOf(parent),
                "an earlier version than " + version);
        libraries = Collections.unmodifiableSortedMap(new TreeMap<>(libraries));
    }
}
