package dev.laurel.yaml;

/** A document that cannot be read; the message begins with file and line: {@code model.yaml:14: trees: -3 (expected: 1..10000)}. */
public final class InvalidDocumentException extends RuntimeException {
    /** What is wrong may quote the document, which may hold anything. */
    private static final int LONGEST_PROBLEM = 500;

    private final int line;
    private final String problem;

    public InvalidDocumentException(String file, int line, String problem) {
        super((line > 0 ? file + ":" + line + ": " : file + ": ") + shown(problem));
        this.line = line;
        this.problem = shown(problem);
    }

    /** The line where it is wrong, from 1; 0 when it is the document as a whole. */
    public int line() {
        return line;
    }

    /** What is wrong, for those who name the file in their own way. */
    public String problem() {
        return problem;
    }

    private static String shown(String problem) {
        String text = problem.replaceAll("\\p{Cntrl}", "?");
        return text.length() <= LONGEST_PROBLEM ? text : text.substring(0, LONGEST_PROBLEM) + "...";
    }
}
