package dev.laurel.follow;

/** What came of loading the version that a pin names. */
sealed interface LoadOutcome {

    /** It was fetched, verified, decoded and tried, and is warm. */
    record Loaded(LoadedModel model) implements LoadOutcome {}

    /** It is not to be served, for this reason. */
    record Refused(String reason) implements LoadOutcome {}

    /** Nobody gave it or said anything about it; nothing is known. */
    record Unreachable(String reason) implements LoadOutcome {}
}
