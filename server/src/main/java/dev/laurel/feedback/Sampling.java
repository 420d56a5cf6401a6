package dev.laurel.feedback;

import dev.laurel.model.InvalidValueException;
import java.util.regex.Pattern;

/**
 * Which requests are taken, by their ids: the same one is taken by all servers and whichever version answers.
 *
 * @param share of all requests, 0..1
 */
record Sampling(double share) {
    static final Sampling ALL = new Sampling(1);
    static final Sampling OFF = new Sampling(0);

    private static final Pattern SAMPLE = Pattern.compile("sample:(0?\\.\\d{1,9}|1|1\\.0|0)");

    /** @throws InvalidValueException when it is none of the three */
    static Sampling parse(String setting, String text) {
        if (text.equals("all")) {
            return ALL;
        }
        if (text.equals("off")) {
            return OFF;
        }
        if (!SAMPLE.matcher(text).matches()) {
            throw new InvalidValueException(setting, text, "all, off, or a share of the requests such as sample:0.01");
        }
        return new Sampling(Double.parseDouble(text.substring(text.indexOf(':') + 1)));
    }

    boolean isOff() {
        return share == 0;
    }

    boolean takes(String requestId) {
        return share >= 1 || (share > 0 && spread(requestId.hashCode()) < share);
    }

    /** A number in [0, 1) that depends on every bit: the finalizer of SplitMix64, as java.util.SplittableRandom has it. */
    private static double spread(int hash) {
        long mixed = hash * 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        mixed ^= mixed >>> 31;
        return (mixed >>> 11) * 0x1.0p-53;
    }
}
