package dev.laurel.store;

import dev.laurel.model.Version;

/** How many of the newest answers of a version in a role nobody has told the truth about. */
public record Waiting(Version version, String role, long answers) {}
