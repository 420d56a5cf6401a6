package dev.laurel.git.sign;

import dev.laurel.model.InvalidValueException;
import dev.laurel.program.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.bouncycastle.bcpg.KeyIdentifier;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureException;
import org.bouncycastle.openpgp.PGPSignatureList;
import org.bouncycastle.openpgp.PGPUtil;
import org.bouncycastle.openpgp.api.OpenPGPApi;
import org.bouncycastle.openpgp.api.OpenPGPCertificate;
import org.bouncycastle.openpgp.api.OpenPGPDetachedSignatureProcessor;
import org.bouncycastle.openpgp.api.OpenPGPSignature;
import org.bouncycastle.openpgp.api.OpenPGPSignature.OpenPGPDocumentSignature;
import org.bouncycastle.openpgp.api.bc.BcOpenPGPApi;
import org.bouncycastle.openpgp.bc.BcPGPObjectFactory;
import org.jspecify.annotations.Nullable;

/**
 * An OpenPGP key with its subkeys, as it stands in the text: bound, revoked and expired by its own signatures. It is judged as of the time
 * that a signature names, never as of now, so that what was valid stays valid.
 */
final class PgpSignerKey extends SignerKey {
    static final OpenPGPApi OPENPGP = new BcOpenPGPApi();
    private static final Date END_OF_TIME = Date.from(Instant.ofEpochMilli(Long.MAX_VALUE));

    private final OpenPGPCertificate certificate;

    private PgpSignerKey(OpenPGPCertificate certificate) {
        super(fingerprint(certificate));
        this.certificate = certificate;
    }

    static SignerKey of(String armored) {
        try {
            List<OpenPGPCertificate> certificates =
                    OPENPGP.readKeyOrCertificate().parseCertificates(armored);
            if (certificates.size() != 1) {
                throw new InvalidValueException(
                        "key", certificates.size() + " OpenPGP keys", "one; list each by itself");
            }
            return new PgpSignerKey(certificates.get(0));
        } catch (IOException | RuntimeException e) {
            if (e instanceof InvalidValueException invalid) {
                throw invalid;
            }
            throw new InvalidValueException(
                    "key", "an OpenPGP block that cannot be read", "what `gpg --armor --export <key>` prints");
        }
    }

    static String fingerprint(OpenPGPCertificate certificate) {
        return HexFormat.of().withUpperCase().formatHex(certificate.getFingerprint());
    }

    static CommitSignature check(byte[] signed, byte[] signature, Collection<SignerKey> keys) {
        List<PgpSignerKey> known = keys.stream()
                .filter(PgpSignerKey.class::isInstance)
                .map(PgpSignerKey.class::cast)
                .toList();
        try {
            PGPSignatureList signatures = read(signature);
            AtomicReference<@Nullable String> refusal = new AtomicReference<>();
            OpenPGPDetachedSignatureProcessor processor = OPENPGP.verifyDetachedSignature()
                    .verifyNotAfter(END_OF_TIME)
                    .addSignatures(signatures)
                    .setExceptionCallback(e -> refusal.set(Reason.of(e)));
            known.forEach(key -> processor.addVerificationCertificate(key.certificate));
            List<OpenPGPDocumentSignature> checked = processor.process(new ByteArrayInputStream(signed));
            for (OpenPGPDocumentSignature each : checked) {
                if (isValid(each)) {
                    String fingerprint = fingerprint(each.getIssuerCertificate());
                    return new CommitSignature.By(known.stream()
                            .filter(key -> key.fingerprint().equals(fingerprint))
                            .findFirst()
                            .orElseThrow());
                }
            }
            if (refusal.get() != null) {
                return new CommitSignature.Invalid(refusal.get());
            }
            return checked.isEmpty()
                    ? new CommitSignature.Foreign(issuer(signatures.get(0)))
                    : new CommitSignature.Invalid(
                            "the signature of something else, or by a key that was expired, revoked or not for signing then");
        } catch (IOException | RuntimeException notASignature) {
            return new CommitSignature.Invalid("a signature that cannot be read");
        }
    }

    private static PGPSignatureList read(byte[] signature) throws IOException {
        Object first =
                new BcPGPObjectFactory(PGPUtil.getDecoderStream(new ByteArrayInputStream(signature))).nextObject();
        if (first instanceof PGPSignatureList signatures && !signatures.isEmpty()) {
            return signatures;
        }
        throw new IOException("no signature");
    }

    private static boolean isValid(OpenPGPDocumentSignature signature) {
        try {
            return signature.isValid();
        } catch (PGPSignatureException | RuntimeException e) {
            return false;
        }
    }

    private static String issuer(PGPSignature signature) {
        KeyIdentifier issuer = OpenPGPSignature.getMostExpressiveIdentifier(signature.getKeyIdentifiers());
        if (issuer == null) {
            return "an unnamed OpenPGP key";
        }
        return issuer.getFingerprint() == null
                ? HexFormat.of().withUpperCase().toHexDigits(issuer.getKeyId())
                : HexFormat.of().withUpperCase().formatHex(issuer.getFingerprint());
    }
}
