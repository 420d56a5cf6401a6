package dev.laurel.predictor;

import org.jspecify.annotations.Nullable;

/** A model file that is not to be served; the message says what is wrong with it. */
public final class InvalidModelFileException extends RuntimeException {
    /** What is wrong may quote the file, which may hold anything. */
    private static final int LONGEST_PROBLEM = 500;

    public InvalidModelFileException(String problem) {
        this(problem, null);
    }

    public InvalidModelFileException(String problem, @Nullable Throwable cause) {
        super("model file: " + shown(problem), cause);
    }

    private static String shown(String problem) {
        String text = problem.replaceAll("\\p{Cntrl}", "?");
        return text.length() <= LONGEST_PROBLEM ? text : text.substring(0, LONGEST_PROBLEM) + "...";
    }
}
