package dev.laurel.front;

import java.util.Locale;

/** A bound that keeps one client from taking what is there for all. Its setting is {@code LAUREL_LIMIT_} and its name. */
public enum Limit {
    /** Of all bodies but Git's, whose servlets have bounds of their own. */
    BODY("bytes of a body", 1_000_000, 1_000, 100_000_000),
    ROWS("rows of a request", 10_000, 1, 1_000_000),
    HEADER_TIME("seconds from the first byte of a header to its end", 10, 1, 600),
    BODY_TIME("seconds for a body", 10, 1, 600),
    IDLE_TIME("seconds that a connection may say nothing", 30, 1, 3_600),
    CONNECTIONS("connections", 12_000, 10, 100_000),
    /** Many, since all clients of a proxy have its address. */
    CONNECTIONS_OF_ADDRESS("connections of one address", 1_024, 1, 100_000),
    /** Fewer than there are threads, so that probes and pages find one. */
    REQUESTS("requests that are worked on at one time, besides Git's", 128, 1, 10_000),
    WAITING("requests that wait for their turn", 2_000, 0, 100_000),
    WAITING_TIME("seconds that a request waits for its turn", 5, 1, 600),
    RATE("requests for predictions a second of one token", 10_000, 1, 1_000_000);

    private final String meaning;
    private final int usual;
    private final int lowest;
    private final int highest;

    /** What the settings of all limits begin with. */
    static final String SETTING = "LAUREL_LIMIT_";

    Limit(String meaning, int usual, int lowest, int highest) {
        this.meaning = meaning;
        this.usual = usual;
        this.lowest = lowest;
        this.highest = highest;
    }

    public String setting() {
        return SETTING + name().toUpperCase(Locale.ROOT);
    }

    public String meaning() {
        return meaning;
    }

    public int usual() {
        return usual;
    }

    public int lowest() {
        return lowest;
    }

    public int highest() {
        return highest;
    }
}
