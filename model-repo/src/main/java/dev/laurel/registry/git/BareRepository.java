package dev.laurel.registry.git;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryCache;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.util.FS;
import org.jspecify.annotations.Nullable;

/** A bare repository on disk of which only {@code main} is written here. Safe for many threads and processes. */
public final class BareRepository implements AutoCloseable {
    static final String MAIN = Constants.R_HEADS + "main";

    static {
        HermeticSystem.install();
    }

    private final Repository repository;
    private final LfsStore lfs;
    private final PathHistory history;

    private BareRepository(Repository repository) {
        this.repository = repository;
        this.lfs = new LfsStore(repository.getDirectory().toPath());
        this.history = new PathHistory(repository);
    }

    /** Makes a repository without a commit. */
    public static BareRepository init(Path folder) throws IOException {
        Repository repository = builder(folder).build();
        repository.create(true);
        RefUpdate head = repository.updateRef(Constants.HEAD);
        head.disableRefLog();
        RefUpdate.Result result = head.link(MAIN);
        if (result != RefUpdate.Result.NEW
                && result != RefUpdate.Result.FORCED
                && result != RefUpdate.Result.NO_CHANGE) {
            throw new IOException("HEAD: " + result + " (expected: " + MAIN + ")");
        }
        StoredConfig config = repository.getConfig();
        config.setBoolean("http", null, "receivepack", true);
        config.setBoolean("receive", null, "denyNonFastForwards", true);
        config.setBoolean("receive", null, "denyDeletes", true);
        config.setBoolean("receive", null, "fsckObjects", true);
        // Garbage is collected beside the writers, never inside a push.
        config.setBoolean("receive", null, "autogc", false);
        config.setInt(ConfigConstants.CONFIG_GC_SECTION, null, ConfigConstants.CONFIG_KEY_AUTO, 0);
        config.setString("core", null, "fsync", "all");
        config.setBoolean("uploadpack", null, "allowFilter", true);
        config.save();
        return new BareRepository(repository);
    }

    /** @return empty when there is no bare repository in that folder */
    public static Optional<BareRepository> open(Path folder) throws IOException {
        if (!RepositoryCache.FileKey.isGitRepository(folder.toFile(), FS.DETECTED)) {
            return Optional.empty();
        }
        return Optional.of(new BareRepository(builder(folder).setMustExist(true).build()));
    }

    private static FileRepositoryBuilder builder(Path folder) {
        return new FileRepositoryBuilder()
                .setBare()
                .setGitDir(folder.toAbsolutePath().normalize().toFile());
    }

    public LfsStore lfs() {
        return lfs;
    }

    /** The newest commit of {@code main}; empty when there is no such branch. */
    public Optional<Commit> main() throws IOException {
        Ref main = repository.exactRef(MAIN);
        return main == null || main.getObjectId() == null
                ? Optional.empty()
                : Optional.of(at(main.getObjectId().name()));
    }

    public Commit at(String id) throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            // Only the identity and the tree are asked for later, both of which are parsed now.
            return new Commit(this, walk.parseCommit(ObjectId.fromString(id)));
        }
    }

    /**
     * Puts a commit on top of {@code main}; its objects are on disk before the branch moves.
     *
     * @param parent what {@code main} is expected to be; null when the branch is to be made
     * @return empty when {@code main} is something else meanwhile, or somebody else is just writing it; then it is as it was
     */
    public Optional<Commit> commit(
            @Nullable Commit parent, TreeChanges changes, String message, String authorName, String authorEmail)
            throws IOException {
        PersonIdent author = new PersonIdent(authorName, authorEmail, Instant.now(), ZoneOffset.UTC);
        ObjectId id;
        try (ObjectInserter inserter = repository.newObjectInserter();
                ObjectReader reader = repository.newObjectReader()) {
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(
                    changes.applyTo(parent == null ? null : parent.revision().getTree(), reader, inserter));
            if (parent != null) {
                commit.setParentId(parent.revision());
            }
            commit.setAuthor(author);
            commit.setCommitter(author);
            commit.setMessage(message);
            id = inserter.insert(commit);
            inserter.flush();
        }
        RefUpdate update = repository.updateRef(MAIN);
        update.setExpectedOldObjectId(parent == null ? ObjectId.zeroId() : parent.revision());
        update.setNewObjectId(id);
        update.setRefLogIdent(author);
        RefUpdate.Result result = update.update();
        return switch (result) {
            case NEW, FAST_FORWARD -> Optional.of(at(id.name()));
            case LOCK_FAILURE, REJECTED -> Optional.empty();
            // Each of these is either a fault of the disk or a result that this kind of update does not have.
            case NO_CHANGE,
                    FORCED,
                    RENAMED,
                    NOT_ATTEMPTED,
                    REJECTED_CURRENT_BRANCH,
                    REJECTED_MISSING_OBJECT,
                    REJECTED_OTHER_REASON,
                    IO_FAILURE -> throw new IOException("%s could not be written: %s".formatted(MAIN, result));
        };
    }

    /** The file that a writer of {@code main} holds while it writes; one that stays was left by a writer that was killed. */
    public Path lock() {
        return repository.getDirectory().toPath().resolve(MAIN + ".lock");
    }

    ObjectReader reader() {
        return repository.newObjectReader();
    }

    PathHistory history() {
        return history;
    }

    Repository repository() {
        return repository;
    }

    @Override
    public void close() {
        repository.close();
    }
}
