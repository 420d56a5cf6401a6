package dev.laurel.store;

/** What came of telling a truth. */
public enum TellOutcome {
    /** It was joined to what was answered. */
    COUNTED,
    /** The very same was known already: nothing has changed. */
    REPEATED,
    /** Something else was known; what is told last counts. */
    CORRECTED,
    /** Nothing is known that was answered: it came too late, too early, or of a request that nobody remembers. It is kept, and counts once the answer is known. */
    UNMATCHED
}
