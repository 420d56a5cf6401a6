package dev.laurel.predictor;

import dev.laurel.yaml.Yaml;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The number of a format, {@code 1.0}. A reader refuses another major number, and takes what it knows of a higher minor one, so that a
 * field that comes later makes no version unservable.
 */
record FormatNumber(int major, int minor) {
    static final FormatNumber CURRENT = new FormatNumber(1, 0);

    private static final Pattern FORM = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})\n");

    /** @throws InvalidModelFileException when it is no format number, or one that cannot be read here */
    static FormatNumber parse(byte[] bytes) {
        Matcher matcher = FORM.matcher(new String(bytes, StandardCharsets.US_ASCII));
        if (!matcher.matches()) {
            throw new InvalidModelFileException("format.txt holds no format number (expected: %s)".formatted(CURRENT));
        }
        FormatNumber number = new FormatNumber(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
        if (number.major != CURRENT.major) {
            throw new InvalidModelFileException(
                    "format %s (expected: %s.x; use the Laurel that wrote it)".formatted(number, CURRENT.major));
        }
        return number;
    }

    boolean isNewer() {
        return minor > CURRENT.minor;
    }

    /** Reads a document that was written in this format. */
    <T> T read(byte[] bytes, String file, Class<T> type) {
        return isNewer() ? Yaml.readKnown(bytes, file, type) : Yaml.read(bytes, file, type);
    }

    byte[] toBytes() {
        return (this + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
