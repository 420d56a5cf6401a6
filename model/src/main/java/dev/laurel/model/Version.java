package dev.laurel.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The number of a version, 1 or more, written {@code v7}; unique within its model and never used again. */
public record Version(int number) implements Comparable<Version> {
    private static final Pattern FORM = Pattern.compile("v([1-9][0-9]{0,8})");

    public Version {
        Expect.range("version", number, 1, 999_999_999);
    }

    public static Version parse(String text) {
        Matcher matcher = FORM.matcher(text);
        Expect.that(matcher.matches(), "version", text, "v1, v2, ...");
        return new Version(Integer.parseInt(matcher.group(1)));
    }

    public Version next() {
        return new Version(number + 1);
    }

    @Override
    public int compareTo(Version other) {
        return Integer.compare(number, other.number);
    }

    @Override
    public String toString() {
        return "v" + number;
    }
}
