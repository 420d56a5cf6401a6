package dev.laurel.predict;

import java.util.Locale;

/** What a version is on live traffic. */
public enum Role {
    /** Gives the answers. */
    CHAMPION;

    /** As metrics have it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
