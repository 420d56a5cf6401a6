package dev.laurel.model;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The SHA-256 of some bytes, written {@code sha256:<64 hex digits>}. A model file's digest is also its Git LFS object id. */
public record Digest(String hex) {
    private static final String PREFIX = "sha256:";
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    public Digest {
        Expect.that(FORM.matcher(hex).matches(), "digest", hex, "64 hexadecimal digits in lower case");
    }

    public static Digest of(byte[] bytes) {
        return new Digest(HexFormat.of().formatHex(sha256().digest(bytes)));
    }

    public static Digest parse(String text) {
        Expect.that(text.startsWith(PREFIX), "digest", text, PREFIX + "<64 hexadecimal digits>");
        return new Digest(text.substring(PREFIX.length()));
    }

    /** A new SHA-256, for bytes that come as a stream. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return PREFIX + hex;
    }
}
