package dev.laurel.http;

import org.jspecify.annotations.Nullable;

/** The release of Laurel that answers. */
public final class OwnRelease {
    private OwnRelease() {}

    /** As in the manifest of the jar; {@code development} for classes that are in none. */
    public static String name() {
        @Nullable String version = OwnRelease.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
