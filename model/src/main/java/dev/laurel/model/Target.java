package dev.laurel.model;

/**
 * What is predicted: whether {@code column} stands higher {@code horizon} rows later. A row labelled {@code up} has a strictly
 * higher value then; every other is labelled {@code down}.
 */
public record Target(String column, int horizon, String up, String down) {
    public Target {
        Expect.notBlank("column", column);
        Expect.range("horizon", horizon, 1, 250);
        Expect.notBlank("up", up);
        Expect.notBlank("down", down);
        Expect.that(!up.equals(down), "down", down, "another label than up: " + up);
    }
}
