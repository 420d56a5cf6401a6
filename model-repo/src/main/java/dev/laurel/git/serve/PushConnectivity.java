package dev.laurel.git.serve;

import dev.laurel.git.AddedEntries;
import java.io.IOException;
import java.util.Set;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.internal.transport.connectivity.FullConnectivityChecker;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.ConnectivityChecker;
import org.eclipse.jgit.transport.ReceiveCommand;

/**
 * Whether all is here that the commits of a push lead to. To look at what a commit changed is enough, since its parent is here with all of
 * its own, or is looked at too. JGit's usual check reads every folder of the parent, and a registry has one for each version; its newer
 * one reads a folder as often as it stands somewhere, which may be more often than there is time for.
 */
final class PushConnectivity implements ConnectivityChecker {
    @Override
    public void checkConnectivity(ConnectivityCheckInfo push, Set<ObjectId> haves, ProgressMonitor progress)
            throws IOException {
        try (ObjectReader reader = push.getRepository().newObjectReader();
                RevWalk walk = new RevWalk(reader)) {
            for (ReceiveCommand command : push.getCommands()) {
                if (command.getResult() == ReceiveCommand.Result.NOT_ATTEMPTED
                        && command.getType() != ReceiveCommand.Type.DELETE) {
                    if (!(walk.parseAny(command.getNewId()) instanceof RevCommit commit)) {
                        // A tag, which nothing of ours makes.
                        new FullConnectivityChecker().checkConnectivity(push, haves, progress);
                        return;
                    }
                    walk.markStart(commit);
                }
            }
            for (ObjectId have : haves) {
                if (walk.parseAny(have) instanceof RevCommit commit) {
                    walk.markUninteresting(commit);
                }
            }
            // Parents first: what a folder is compared with has to be known to be whole.
            walk.sort(RevSort.TOPO);
            walk.sort(RevSort.REVERSE, true);
            AddedEntries added = new Expected(reader);
            try (RevWalk parents = new RevWalk(reader)) {
                for (RevCommit commit : walk) {
                    added.visit(
                            commit.getParentCount() == 0
                                    ? null
                                    : parents.parseCommit(commit.getParent(0)).getTree(),
                            commit.getTree());
                }
            }
        }
    }

    private static final class Expected extends AddedEntries {
        private final ObjectReader reader;

        Expected(ObjectReader reader) {
            super(reader);
            this.reader = reader;
        }

        @Override
        protected void folder(ObjectId id) {}

        @Override
        protected void file(ObjectId id) throws IOException {
            if (!reader.has(id)) {
                throw new MissingObjectException(id, Constants.OBJ_BLOB);
            }
        }
    }
}
