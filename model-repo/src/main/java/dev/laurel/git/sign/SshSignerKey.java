package dev.laurel.git.sign;

import dev.laurel.model.InvalidValueException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.GpgConfig;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.SignatureVerifier;
import org.eclipse.jgit.lib.SignatureVerifier.SignatureVerification;
import org.eclipse.jgit.signing.ssh.SigningKeyDatabase;
import org.eclipse.jgit.signing.ssh.SshSignatureVerifierFactory;
import org.eclipse.jgit.signing.ssh.VerificationException;
import org.jspecify.annotations.Nullable;

/** An SSH key. JGit checks the signature; who may sign is not its business. */
final class SshSignerKey extends SignerKey {
    private static final String EXPECTED =
            "an SSH public key such as 'ssh-ed25519 AAAA...', or an ASCII-armored OpenPGP public key";
    private static final Pattern LINE = Pattern.compile("(?:(?<before>.+?)\\s+)?"
            + "(?<key>(?:ssh-|ecdsa-sha2-|sk-)[a-z0-9@.-]+\\s+[A-Za-z0-9+/]+=*)(?:\\s+(?<comment>.*))?");
    /** What stands before the key in an allowed signers file: principals, which we do not need, and options. */
    private static final Pattern PRINCIPALS =
            Pattern.compile("[^\\s\"=]+(?:\\s+namespaces=\"(?:[^\"]*,)?git(?:,[^\"]*)?\")?");

    private static final SignatureVerifier VERIFIER = new SshSignatureVerifierFactory().create();
    private static final GpgConfig NO_CONFIG = new GpgConfig(new Config());

    static {
        SigningKeyDatabase.setInstance(new AnyKey());
    }

    private SshSignerKey(String fingerprint) {
        super(fingerprint);
    }

    static SshSignerKey of(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw new InvalidValueException("key", shortened(line), EXPECTED);
        }
        @Nullable String before = matcher.group("before");
        if (before != null && !PRINCIPALS.matcher(before).matches()) {
            // A time limits nobody who says himself when he signs, and a certificate's signer is not named here.
            throw new InvalidValueException(
                    "key", before, "no options but namespaces=\"git\"; who is taken out of the list signs no more");
        }
        try {
            PublicKey key = PublicKeyEntry.parsePublicKeyEntry(matcher.group("key"))
                    .resolvePublicKey(null, Map.of(), PublicKeyEntryResolver.FAILING);
            if (key instanceof OpenSshCertificate) {
                throw new InvalidValueException("key", shortened(line), "a plain key, not a certificate");
            }
            return new SshSignerKey(KeyUtils.getFingerPrint(key));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new InvalidValueException("key", shortened(line), EXPECTED);
        }
    }

    private static String shortened(String line) {
        return line.length() <= 40 ? line : line.substring(0, 40) + "...";
    }

    static CommitSignature check(byte[] signed, byte[] signature, Collection<SignerKey> keys) throws IOException {
        SignatureVerification verification;
        try {
            verification = VERIFIER.verify(null, NO_CONFIG, signed, signature);
        } catch (RuntimeException notASignature) {
            return new CommitSignature.Invalid("a signature that cannot be read");
        }
        if (!verification.verified()) {
            @Nullable String reason = verification.message();
            return new CommitSignature.Invalid(
                    reason == null || reason.isBlank() ? "the signature of something else" : reason);
        }
        String fingerprint = verification.keyFingerprint();
        Optional<SignerKey> key = keys.stream()
                .filter(known -> known.fingerprint().equals(fingerprint))
                .findFirst();
        return key.isPresent() ? new CommitSignature.By(key.get()) : new CommitSignature.Foreign(fingerprint);
    }

    /** Takes the place of the user's allowed signers file: JGit says whether a signature is one, and we say whose. */
    private static final class AnyKey implements SigningKeyDatabase {
        @Override
        public boolean isRevoked(Repository repository, GpgConfig config, PublicKey key) {
            return false;
        }

        @Override
        public String isAllowed(
                Repository repository, GpgConfig config, PublicKey key, String namespace, PersonIdent identity)
                throws VerificationException {
            if (key instanceof OpenSshCertificate) {
                throw new VerificationException(false, "signed with a certificate (expected: with a plain key)");
            }
            return KeyUtils.getFingerPrint(key);
        }
    }
}
