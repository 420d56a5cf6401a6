package dev.laurel.registry.outcome;

import dev.laurel.model.Digest;
import dev.laurel.model.Version;

/** What came of registering a candidate. */
public sealed interface Registration {
    Version version();

    /** A new version stands in {@code commit}. */
    record Registered(Version version, Digest record, String commit) implements Registration {}

    /** The newest version is this very model file already; nothing was written. */
    record AlreadyRegistered(Version version) implements Registration {}
}
