package dev.laurel.predict;

import java.util.Locale;

/** As what a version answers. */
public enum LiveRole {
    CHAMPION,
    CHALLENGER;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** As it is written in metrics and JSON. */
    @Override
    public String toString() {
        return label;
    }
}
