package dev.laurel.git.sign;

import dev.laurel.model.Expect;
import dev.laurel.model.InvalidValueException;

/** The public key of somebody who signs commits, in one of the two forms that Git verifies. */
public abstract sealed class SignerKey permits SshSignerKey, PgpSignerKey {
    private static final String PGP = "-----BEGIN PGP PUBLIC KEY BLOCK-----";

    private final String fingerprint;

    SignerKey(String fingerprint) {
        this.fingerprint = fingerprint;
    }

    /**
     * @param text a line of an {@code id_ed25519.pub} or of an allowed signers file, or an ASCII-armored OpenPGP public key
     * @throws InvalidValueException when it is neither
     */
    public static SignerKey parse(String text) {
        Expect.notBlank("key", text);
        return text.strip().startsWith(PGP) ? PgpSignerKey.of(text.strip()) : SshSignerKey.of(text.strip());
    }

    /** {@code SHA256:...} of an SSH key as {@code ssh-keygen -l} prints it, 40 digits or more of an OpenPGP key as gpg does. */
    public String fingerprint() {
        return fingerprint;
    }

    @Override
    public String toString() {
        return fingerprint;
    }
}
