package dev.laurel.cli.common;

import dev.laurel.model.Expect;
import picocli.CommandLine.ITypeConverter;

/** Reads how many of something are wanted, 1..999999. */
public abstract class Count implements ITypeConverter<Integer> {
    private final String thing;

    private Count(String thing) {
        this.thing = thing;
    }

    @Override
    public Integer convert(String text) {
        Expect.that(text.matches("[1-9][0-9]{0,5}"), thing, text, "1..999999");
        return Integer.parseInt(text);
    }

    public static final class Limit extends Count {
        Limit() {
            super("limit");
        }
    }

    public static final class Last extends Count {
        Last() {
            super("last");
        }
    }
}
