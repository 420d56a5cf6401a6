package dev.laurel.git;

import dev.laurel.git.sign.SigningKey;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;

/** Writes the objects of a commit: it, and those folders and files in it that are new. */
final class CommitWriter {
    private final BareRepository bare;
    private final boolean durable;

    /** @param durable whether they are to be on disk before the commit is named; not those that are going to be pushed away */
    CommitWriter(BareRepository bare, boolean durable) {
        this.bare = bare;
        this.durable = durable;
    }

    ObjectId write(
            @Nullable Commit parent,
            TreeChanges changes,
            String message,
            String authorName,
            String authorEmail,
            @Nullable SigningKey key)
            throws IOException {
        Repository repository = bare.repository();
        PersonIdent author = new PersonIdent(authorName, authorEmail, Instant.now(), ZoneOffset.UTC);
        try (ObjectInserter inserter = durable ? new DurableInserter(repository) : repository.newObjectInserter();
                ObjectReader reader = bare.reader()) {
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(
                    changes.applyTo(parent == null ? null : parent.revision().getTree(), reader, inserter));
            if (parent != null) {
                commit.setParentId(parent.revision());
            }
            commit.setAuthor(author);
            commit.setCommitter(author);
            commit.setMessage(message);
            if (key != null) {
                commit.setGpgSignature(key.sign(commit.build()));
            }
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            return id;
        }
    }
}
