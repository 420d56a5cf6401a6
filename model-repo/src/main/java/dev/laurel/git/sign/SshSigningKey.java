package dev.laurel.git.sign;

import dev.laurel.program.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.eclipse.jgit.api.errors.CanceledException;
import org.eclipse.jgit.api.errors.UnsupportedSigningFormatException;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.GpgConfig;
import org.eclipse.jgit.lib.GpgSignature;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Signer;
import org.eclipse.jgit.signing.ssh.SshSignerFactory;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;
import org.jspecify.annotations.Nullable;

/** An SSH key in a file. JGit reads it for every signature, and asks no agent because the file is there. */
final class SshSigningKey extends SigningKey {
    private static final Signer SIGNER = new SshSignerFactory().create();
    private static final PersonIdent ANYBODY = new PersonIdent("signer", "");

    private final Path file;
    private final @Nullable String passphrase;

    private SshSigningKey(String fingerprint, Path file, @Nullable String passphrase) {
        super(fingerprint);
        this.file = file;
        this.passphrase = passphrase;
    }

    static SshSigningKey of(Path file, @Nullable String passphrase) {
        try {
            KeyPair pair = SecurityUtils.getKeyPairResourceParser()
                    .loadKeyPairs(null, file, FilePasswordProvider.of(passphrase == null ? "" : passphrase))
                    .iterator()
                    .next();
            return new SshSigningKey(KeyUtils.getFingerPrint(pair.getPublic()), file, passphrase);
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw locked(passphrase);
        }
    }

    @Override
    public GpgSignature sign(byte[] commit) throws IOException {
        try {
            return SIGNER.sign(
                    null,
                    new GpgConfig(new Config()),
                    commit,
                    ANYBODY,
                    file.toAbsolutePath().toString(),
                    new UsernamePasswordCredentialsProvider("", passphrase == null ? "" : passphrase));
        } catch (CanceledException | UnsupportedSigningFormatException e) {
            throw new IOException("cannot be signed with the key " + fingerprint() + ": " + Reason.of(e), e);
        }
    }
}
