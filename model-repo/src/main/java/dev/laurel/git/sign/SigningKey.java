package dev.laurel.git.sign;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.laurel.model.InvalidValueException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.GpgSignature;
import org.jspecify.annotations.Nullable;

/** A private key that signs our commits, from a mounted file: an SSH key or an OpenPGP key. It is not shown in any form. */
public abstract sealed class SigningKey permits SshSigningKey, PgpSigningKey {
    private static final String FILE = "LAUREL_SIGNING_KEY";
    private static final String PASSPHRASE = "LAUREL_SIGNING_PASSPHRASE";
    private static final String EXPECTED =
            "the file of a private key, as ssh-keygen makes it or `gpg --armor --export-secret-keys` prints it";

    private final String fingerprint;

    SigningKey(String fingerprint) {
        this.fingerprint = fingerprint;
    }

    /**
     * The key that {@code LAUREL_SIGNING_KEY} names, with its passphrase from {@code LAUREL_SIGNING_PASSPHRASE} or from the file that
     * {@code LAUREL_SIGNING_PASSPHRASE_FILE} names; empty when none is named.
     *
     * @throws InvalidValueException when the file is no private key, or the passphrase does not open it
     */
    public static Optional<SigningKey> named(Map<String, String> environment) {
        String file = environment.getOrDefault(FILE, "");
        return file.isBlank() ? Optional.empty() : Optional.of(read(Path.of(file), passphrase(environment)));
    }

    private static SigningKey read(Path file, @Nullable String passphrase) {
        try {
            // Latin-1, since what is no text is to be told of as no key.
            String text = Files.readString(file, ISO_8859_1).strip();
            if (text.startsWith("-----BEGIN PGP PRIVATE KEY BLOCK-----")) {
                return PgpSigningKey.of(text, passphrase);
            }
            if (text.startsWith("-----BEGIN ") && text.contains("PRIVATE KEY-----")) {
                return SshSigningKey.of(file, passphrase);
            }
        } catch (IOException e) {
            throw new InvalidValueException(FILE, file, EXPECTED + "; it cannot be read");
        }
        throw new InvalidValueException(FILE, file, EXPECTED);
    }

    static InvalidValueException locked(@Nullable String passphrase) {
        return new InvalidValueException(
                PASSPHRASE,
                passphrase == null ? "not set" : "not shown",
                "the passphrase of the key that " + FILE + " names");
    }

    static InvalidValueException unusable(String key) {
        return new InvalidValueException(FILE, key, "a key that may sign and has not expired");
    }

    private static @Nullable String passphrase(Map<String, String> environment) {
        @Nullable String file = environment.get(PASSPHRASE + "_FILE");
        if (file == null || file.isBlank()) {
            return environment.get(PASSPHRASE);
        }
        try {
            return Files.readString(Path.of(file), UTF_8).stripTrailing();
        } catch (IOException e) {
            throw new InvalidValueException(PASSPHRASE + "_FILE", file, "a file that can be read");
        }
    }

    /** That of the public key, as {@link SignerKey#fingerprint()}. */
    public String fingerprint() {
        return fingerprint;
    }

    /** @param commit as it would be without a signature */
    public abstract GpgSignature sign(byte[] commit) throws IOException;

    @Override
    public String toString() {
        return fingerprint;
    }
}
