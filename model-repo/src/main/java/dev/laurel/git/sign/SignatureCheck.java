package dev.laurel.git.sign;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.util.Collection;
import org.eclipse.jgit.lib.GpgConfig.GpgFormat;
import org.eclipse.jgit.lib.SignatureVerifiers;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.util.RawParseUtils;

/** Checks the signature of a commit against given keys, and nothing else: no keyring, no file and no agent of the machine. */
public final class SignatureCheck {
    private static final byte[] HEADER = "gpgsig".getBytes(US_ASCII);

    private SignatureCheck() {}

    /** @param commit with its whole text */
    public static CommitSignature of(RevCommit commit, Collection<SignerKey> keys) throws IOException {
        byte[] signature = commit.getRawGpgSignature();
        if (signature == null) {
            return new CommitSignature.Missing();
        }
        GpgFormat format = SignatureVerifiers.getFormat(signature);
        if (format == GpgFormat.SSH) {
            return SshSignerKey.check(signed(commit.getRawBuffer()), signature, keys);
        }
        if (format == GpgFormat.OPENPGP) {
            return PgpSignerKey.check(signed(commit.getRawBuffer()), signature, keys);
        }
        return new CommitSignature.Invalid("a kind of signature that is not known (expected: SSH or OpenPGP)");
    }

    /** What was signed: all of a commit but the header with the signature. */
    private static byte[] signed(byte[] commit) {
        int value = RawParseUtils.headerStart(HEADER, commit, 0);
        int begin = value - HEADER.length - 1;
        int end = Math.min(commit.length, RawParseUtils.nextLfSkippingSplitLines(commit, value) + 1);
        byte[] signed = new byte[commit.length - (end - begin)];
        System.arraycopy(commit, 0, signed, 0, begin);
        System.arraycopy(commit, end, signed, begin, commit.length - end);
        return signed;
    }
}
