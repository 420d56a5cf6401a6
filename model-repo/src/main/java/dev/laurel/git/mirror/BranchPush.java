package dev.laurel.git.mirror;

import dev.laurel.git.UnknownOutcomeException;
import dev.laurel.git.disk.Refs;
import dev.laurel.git.host.Backoff;
import dev.laurel.git.host.HostException;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;

/**
 * Lets a branch at the host name another commit, if it still names the expected one. When the answer does not come, the branch is looked
 * at before anything is sent again; then it is the very same commit, which cannot make a second one.
 *
 * @param branch by its whole name
 * @param wanted null when the branch is to go
 * @param expected null when it is to be made
 * @param parent of the commit, which the host has; null when it has none
 */
record BranchPush(
        String branch,
        @Nullable ObjectId wanted,
        @Nullable ObjectId expected,
        @Nullable ObjectId parent) {

    /** The branch at the host. */
    interface AtHost {
        /** What it names now; empty when it is not there. */
        Optional<ObjectId> look() throws IOException;

        /** Whether a branch that names this has what was pushed. */
        boolean hasArrived(Optional<ObjectId> now) throws IOException;
    }

    /**
     * @return false when the branch is something else meanwhile; then it is as it was
     * @throws UnknownOutcomeException when the branch cannot be looked at after the answer was lost
     */
    boolean to(Upstream upstream, AtHost host) throws IOException {
        Backoff backoff = Backoff.patient();
        while (true) {
            Optional<String> refusal = Optional.empty();
            HostException lost = null;
            try {
                refusal = upstream.push(this);
                if (refusal.isEmpty()) {
                    return true;
                }
            } catch (HostException e) {
                if (e.isRefused()) {
                    throw e;
                }
                lost = e;
            }
            boolean again = lost != null && pause(lost, backoff);
            if (lost != null && lost.isUnsent()) {
                if (!again) {
                    throw lost;
                }
                continue;
            }
            Optional<ObjectId> now = look(host, lost);
            if (host.hasArrived(now)) {
                return true;
            }
            if (!now.equals(Optional.ofNullable(expected))) {
                return false;
            }
            if (lost == null) {
                throw new IOException("refused by the Git host: " + refusal.orElseThrow());
            }
            if (!again) {
                throw lost;
            }
        }
    }

    private boolean pause(HostException lost, Backoff backoff) throws IOException {
        try {
            return lost.isPassing() && backoff.pause(lost.retryAfter());
        } catch (IOException interrupted) {
            throw lost.isUnsent() ? interrupted : unknown(lost);
        }
    }

    private Optional<ObjectId> look(AtHost host, @Nullable HostException lost) throws IOException {
        try {
            return host.look();
        } catch (IOException e) {
            throw lost == null ? e : unknown(lost);
        }
    }

    private UnknownOutcomeException unknown(HostException lost) {
        return branch.equals(Refs.MAIN)
                ? new UnknownOutcomeException("commit %.10s".formatted(ObjectId.toString(wanted)), "laurel log", lost)
                : new UnknownOutcomeException("branch " + Repository.shortenRefName(branch), "laurel status", lost);
    }
}
