package dev.laurel.git;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.revwalk.RevCommit;
import org.jspecify.annotations.Nullable;

/** The repository elsewhere of which a bare repository here is the mirror: what is read is fetched from it, and what is written is pushed. */
public interface Hosted extends AutoCloseable {
    /** Where its main is, or was a short while ago; that commit is here then, and what is read of every commit. */
    Optional<ObjectId> main() throws IOException;

    /** Has main looked up again, for those who are about to write. */
    void refresh();

    /** Whether somebody said, or main once did, that there are signers. */
    boolean namesSigners();

    void rememberSigners();

    /**
     * The commit that a branch or a tag of it names, or that is the only one whose id begins so; it is here then, and what is read of every
     * commit.
     */
    Optional<ObjectId> find(String name) throws IOException;

    /** Its branches whose whole names begin so; their commits are here then. */
    List<Ref> branches(String prefix) throws IOException;

    /** Has everything up to a commit here. */
    void expectAll(ObjectId newest) throws IOException;

    /** Has the folders of all commits up to one here, as far as somebody needs them who looks at these paths in each. */
    void expectFolders(ObjectId newest, Collection<String> paths) throws IOException;

    /** Has files here, in a few requests; those that it does not have are left out. */
    void expectFiles(Collection<FileAt> files) throws IOException;

    /** A file in the folder of a commit or below it. */
    record FileAt(ObjectId folder, String path) {}

    /**
     * Puts a commit on top of its main.
     *
     * @param parent what main is expected to be; null when it is to be made
     * @return false when main is something else meanwhile; then it is as it was
     */
    boolean pushMain(ObjectId commit, @Nullable ObjectId parent) throws IOException;

    /**
     * Makes, rewrites or deletes a branch beside its main.
     *
     * @param branch by its whole name
     * @param commit what it is to name; null when it is to go
     * @param expected what it is expected to name; null when it is to be made
     * @return false when it is something else meanwhile
     */
    boolean push(String branch, @Nullable RevCommit commit, @Nullable ObjectId expected) throws IOException;

    @Override
    void close();
}
