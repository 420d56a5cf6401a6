package dev.laurel.git;

import java.io.IOException;

/** What stands at a path is nothing that is read here: no plain file, or larger than any of ours. */
public final class RefusedEntryException extends IOException {
    private final String path;
    private final String problem;

    RefusedEntryException(String path, String actual, String expected) {
        this(path.isEmpty() ? "." : path, "%s (expected: %s)".formatted(actual, expected));
    }

    private RefusedEntryException(String path, String problem) {
        super(path + ": " + problem);
        this.path = path;
        this.problem = problem;
    }

    public String path() {
        return path;
    }

    public String problem() {
        return problem;
    }
}
