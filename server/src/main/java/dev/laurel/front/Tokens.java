package dev.laurel.front;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.laurel.model.Expect;
import dev.laurel.model.InvalidValueException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tokens of those who may ask for predictions, each with the name of its owner. Only their digests are held. */
record Tokens(List<Token> all) {
    private static final int SHORTEST = 16;
    private static final String EXPECTED =
            "lines of a name and a token of at least %s characters, as in `shop 3f9c...`; names are small letters, digits and dashes"
                    .formatted(SHORTEST);

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Token(String name, byte[] digest) {}

    Tokens {
        all = List.copyOf(all);
    }

    /** @throws InvalidValueException when it cannot be read; never with anything of a token */
    static Tokens in(String setting, Path file) {
        try {
            return of(setting, Files.readString(file));
        } catch (IOException e) {
            throw new InvalidValueException(setting, file, "a file that can be read");
        }
    }

    /** @param text a name and a token on each line; a line that begins with # is passed over */
    static Tokens of(String setting, String text) {
        List<Token> tokens = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\\R", -1)) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] parts = line.strip().split("\\s+", -1);
            Expect.that(
                    parts.length == 2 && parts[0].matches("[a-z0-9-]{1,40}") && parts[1].length() >= SHORTEST,
                    setting,
                    "line " + number,
                    EXPECTED);
            tokens.add(new Token(parts[0], digest(parts[1])));
        }
        Expect.that(!tokens.isEmpty(), setting, "none", EXPECTED);
        return new Tokens(tokens);
    }

    /** Takes the same time whichever it is, and whether it is one. */
    Optional<String> owner(String given) {
        byte[] digest = digest(given);
        String owner = null;
        for (Token token : all) {
            if (MessageDigest.isEqual(token.digest(), digest)) {
                owner = token.name();
            }
        }
        return Optional.ofNullable(owner);
    }

    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
