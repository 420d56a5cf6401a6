package dev.laurel.git.sign;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.laurel.program.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.api.OpenPGPKey;
import org.bouncycastle.openpgp.api.exception.KeyPassphraseException;
import org.eclipse.jgit.lib.GpgSignature;
import org.jspecify.annotations.Nullable;

/** An OpenPGP key in a file; no keyring of the machine is looked at. */
final class PgpSigningKey extends SigningKey {
    private final OpenPGPKey key;
    private final @Nullable String passphrase;

    private PgpSigningKey(OpenPGPKey key, @Nullable String passphrase) {
        super(PgpSignerKey.fingerprint(key));
        this.key = key;
        this.passphrase = passphrase;
    }

    /** Returned as what its callers know, or the JVM would load all of Bouncy Castle to verify them. */
    static SigningKey of(String armored, @Nullable String passphrase) throws IOException {
        PgpSigningKey key =
                new PgpSigningKey(PgpSignerKey.OPENPGP.readKeyOrCertificate().parseKey(armored), passphrase);
        try {
            key.sign(new byte[0]);
        } catch (IOException e) {
            if (e.getCause() instanceof KeyPassphraseException) {
                throw locked(passphrase);
            }
            throw unusable(key.fingerprint());
        }
        return key;
    }

    @Override
    public GpgSignature sign(byte[] commit) throws IOException {
        try {
            String signature = PgpSignerKey.OPENPGP
                    .createDetachedSignature()
                    .addSigningKey(key, secret -> passphrase == null ? null : passphrase.toCharArray())
                    .sign(new ByteArrayInputStream(commit))
                    .get(0)
                    .toAsciiArmoredString();
            return new GpgSignature(signature.getBytes(US_ASCII));
        } catch (PGPException e) {
            throw new IOException("cannot be signed with the key " + fingerprint() + ": " + Reason.of(e), e);
        }
    }
}
