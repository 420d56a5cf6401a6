package dev.laurel.model;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where a version comes from, {@code provenance.yaml}. Host and clock stand here and only here: what is hashed into a model file holds
 * neither.
 *
 * @param dataNotes what the source said about the rows, for people
 * @param commit the commit of the models repository that the run started from
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
        Instant trainedAt) {
    public Provenance {
        libraries = Collections.unmodifiableSortedMap(new TreeMap<>(libraries));
    }
}
