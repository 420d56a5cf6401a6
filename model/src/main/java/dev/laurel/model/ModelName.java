package dev.laurel.model;

/** The name of a model, {@code spy-direction}; safe as a folder, a label and part of a URL. */
public record ModelName(String value) implements Comparable<ModelName> {
    /** {@code environments/<env>/server} is the server of an environment. */
    private static final String RESERVED = "server";

    private static final int LONGEST = 40;

    public ModelName {
        Expect.that(
                isWellFormed(value),
                "model",
                value,
                "1..40 of a-z, 0-9 and '-', starting with a letter and not ending with '-'");
        Expect.that(
                !value.equals(RESERVED), "model", value, "another name; this one is that of an environment's server");
    }

    /** By hand, since each request names one. */
    private static boolean isWellFormed(String value) {
        int last = value.length() - 1;
        if (last < 0 || last >= LONGEST || !isLetter(value.charAt(0)) || value.charAt(last) == '-') {
            return false;
        }
        for (int i = 1; i <= last; i++) {
            char each = value.charAt(i);
            if (!isLetter(each) && each != '-' && (each < '0' || each > '9')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetter(char each) {
        return each >= 'a' && each <= 'z';
    }

    @Override
    public int compareTo(ModelName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
