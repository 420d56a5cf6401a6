package dev.laurel.store;

import dev.laurel.model.Version;

/** How a version did in a role, over the newest truths of its model. */
public record Score(Version version, String role, Tally tally) {}
