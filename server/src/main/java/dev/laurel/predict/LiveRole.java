package dev.laurel.predict;

import java.util.Locale;

/** As what a version answers. */
public enum LiveRole {
    CHAMPION,
    CHALLENGER;

    /** As it is written in metrics and JSON. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
