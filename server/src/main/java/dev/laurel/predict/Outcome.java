package dev.laurel.predict;

import java.util.Locale;

/** What came of a request for predictions. */
public enum Outcome {
    ANSWERED,
    /** The request is not what the model needs. */
    INVALID,
    /** Another version was asked for than the one that answers. */
    OTHER_VERSION,
    /** Not now; perhaps later. */
    UNAVAILABLE,
    /** An error of our own. */
    FAILED;

    private final String label = name().toLowerCase(Locale.ROOT);

    static Outcome of(UnansweredException e) {
        return switch (e.reason()) {
            case INVALID, NOT_FOUND -> INVALID;
            case OTHER_VERSION -> OTHER_VERSION;
            case UNAVAILABLE -> UNAVAILABLE;
        };
    }

    /** As metrics have it. */
    public String label() {
        return label;
    }
}
