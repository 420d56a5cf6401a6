package dev.laurel.git;

import dev.laurel.git.disk.HermeticSystem;
import dev.laurel.git.disk.LockCleanup;
import dev.laurel.git.disk.Refs;
import dev.laurel.git.disk.Turn;
import dev.laurel.git.lfs.LfsStore;
import dev.laurel.git.sign.SigningKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryCache;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.util.FS;
import org.jspecify.annotations.Nullable;

/**
 * A bare repository on disk of which {@code main} is written here, and the branches beside it by {@link Branches}. Safe for many threads
 * and processes. A clone with a work tree is read as if it were one, and never written: its work tree would not notice. Longer than most
 * classes, since it is the one door to all that is done with a repository, which stands in classes of their own behind it.
 */
public final class BareRepository implements AutoCloseable {
    /** A name that only the Git host knows, and Git's words for another commit than the one that it names. */
    private static final Pattern NAME =
            Pattern.compile("(?!(?:main|HEAD|@|[0-9a-f]{40})(?:[~^:@].*)?$)((?:(?!@\\{)[^~^:])+)(.*)");

    static {
        HermeticSystem.install();
        LockCleanup.install();
    }

    private final Repository repository;
    private final LfsStore lfs;
    private final CommitSearch search;
    private final PathHistory history;
    private final TreeCache trees = new TreeCache();
    private final MainRef main;
    private final @Nullable Hosted hosted;

    private BareRepository(Repository repository) {
        this(repository, new LfsStore(repository.getCommonDirectory().toPath()), null);
    }

    private BareRepository(Repository repository, LfsStore lfs, @Nullable Hosted hosted) {
        this.repository = repository;
        this.lfs = lfs;
        this.search = new CommitSearch(this, repository);
        this.history = new PathHistory(this);
        this.main = new MainRef(repository);
        this.hosted = hosted;
    }

    /** What is here of a repository elsewhere; what is read is fetched, and what is written is pushed. */
    public static BareRepository mirror(Repository repository, LfsStore lfs, Hosted hosted) {
        return new BareRepository(repository, lfs, hosted);
    }

    /** Makes a repository without a commit. */
    public static BareRepository init(Path folder) throws IOException {
        Repository repository = builder(folder).build();
        NewRepository.create(repository);
        return new BareRepository(repository);
    }

    /**
     * A bare repository that somebody made and that has no commit yet, whatever its HEAD names; from now on it names {@code main}, with the
     * settings of one that is made here.
     *
     * @return empty when that folder is no bare repository
     * @throws IOException when it has branches or tags already, or keeps them in another way than in files
     */
    public static Optional<BareRepository> openEmpty(Path folder) throws IOException {
        if (!RepositoryCache.FileKey.isGitRepository(folder.toFile(), FS.DETECTED)) {
            return Optional.empty();
        }
        BareRepository found =
                new BareRepository(builder(folder).setMustExist(true).build());
        boolean adopted = false;
        try {
            if (!found.isClone()) {
                NewRepository.adopt(found.repository);
                adopted = true;
            }
            return adopted ? Optional.of(found) : Optional.empty();
        } finally {
            if (!adopted) {
                found.close();
            }
        }
    }

    /** @return empty when that folder is neither a bare repository nor a clone */
    public static Optional<BareRepository> open(Path folder) throws IOException {
        FileRepositoryBuilder builder = RepositoryCache.FileKey.isGitRepository(folder.toFile(), FS.DETECTED)
                ? builder(folder)
                : new FileRepositoryBuilder().setWorkTree(folder.toFile());
        try {
            return Optional.of(new BareRepository(builder.setMustExist(true).build()));
        } catch (RepositoryNotFoundException e) {
            return Optional.empty();
        }
    }

    /** Whether this is a clone with a work tree, which is only read. */
    public boolean isClone() {
        return !repository.isBare()
                || !repository
                        .getConfig()
                        .getBoolean(ConfigConstants.CONFIG_CORE_SECTION, ConfigConstants.CONFIG_KEY_BARE, true);
    }

    /** @throws IOException when nothing is to be written here */
    public void expectWritable() throws IOException {
        if (isClone()) {
            throw new IOException(
                    "%s: a clone with a work tree, which is only read (expected: a bare repository; commit in the clone and push)"
                            .formatted(repository.getDirectory()));
        }
    }

    /** For whoever opens one in a way of its own; from then on JGit sees nothing of the machine. */
    public static FileRepositoryBuilder builder(Path folder) {
        return new FileRepositoryBuilder()
                .setBare()
                .setGitDir(folder.toAbsolutePath().normalize().toFile());
    }

    public LfsStore lfs() {
        return lfs;
    }

    /** The newest commit of {@code main}, in a clone without that branch of the one that it was cloned from; empty when there is none. */
    public Optional<Commit> main() throws IOException {
        if (hosted != null) {
            Optional<ObjectId> main = hosted.main();
            return main.isEmpty() ? Optional.empty() : Optional.of(at(main.get().name()));
        }
        Ref main = isClone()
                ? repository.getRefDatabase().firstExactRef(Refs.MAIN, Refs.ORIGIN_MAIN)
                : repository.exactRef(Refs.MAIN);
        return main == null || main.getObjectId() == null
                ? Optional.empty()
                : Optional.of(at(main.getObjectId().name()));
    }

    /** Whether this is the mirror of a repository on a Git host. */
    public boolean isMirror() {
        return hosted != null;
    }

    /** Whether a mirror's past is to be fetched to know the signers. */
    boolean namesSigners() {
        return hosted != null && hosted.namesSigners();
    }

    void rememberSigners() {
        if (hosted != null) {
            hosted.rememberSigners();
        }
    }

    /** Has the next look at {@code main} be at what it is, where it may otherwise be a short while old. */
    public void refresh() {
        if (hosted != null) {
            hosted.refresh();
        }
    }

    /** Has everything up to a commit at hand, for those who are going to read all of it. */
    public void expectAll(Commit newest) throws IOException {
        if (hosted != null) {
            hosted.expectAll(newest.revision());
        }
    }

    /** Has the folders of all commits up to one at hand, for somebody who looks at these paths in each. */
    void expectFolders(Commit newest, Collection<String> paths) throws IOException {
        if (hosted != null) {
            hosted.expectFolders(newest.revision(), paths);
        }
    }

    /** Has files at hand, in a few requests, where each would otherwise be fetched when it is read. Those that are not there are left out. */
    public void expectFiles(Map<Commit, ? extends Collection<String>> files) throws IOException {
        if (hosted != null) {
            List<Hosted.FileAt> all = new ArrayList<>();
            files.forEach((commit, paths) -> paths.forEach(
                    path -> all.add(new Hosted.FileAt(commit.revision().getTree(), path))));
            hosted.expectFiles(all);
        }
    }

    /**
     * What {@code main} was at some time: its newest first-parent commit of which neither it nor one before it was committed later.
     * Commits that are added do not change the answer for a time before them, whatever their clocks say.
     *
     * @return empty when there was none yet
     */
    public Optional<Commit> main(Instant time) throws IOException {
        Optional<Commit> main = main();
        return main.isEmpty() ? main : search.standingAt(time, main.get());
    }

    /**
     * The commit that a person means: its id, the begin of its id when there is only one, a branch, a tag, {@code main~3}. On a Git host
     * the host's branches and tags.
     *
     * @return empty when there is no such commit, or more than one
     */
    public Optional<Commit> find(String name) throws IOException {
        var parts = NAME.matcher(name);
        if (hosted == null || !parts.matches() || !Repository.isValidRefName(Constants.R_HEADS + parts.group(1))) {
            return search.named(name);
        }
        Optional<ObjectId> named = hosted.find(parts.group(1));
        return named.isEmpty() ? Optional.empty() : search.named(named.get().name() + parts.group(2));
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
     * @param key what the commit is signed with; null where it is not
     * @return empty when {@code main} is something else meanwhile, or somebody else is just writing it; then it is as it was
     */
    public Optional<Commit> commit(
            @Nullable Commit parent,
            TreeChanges changes,
            String message,
            String authorName,
            String authorEmail,
            @Nullable SigningKey key)
            throws IOException {
        ObjectId expected = parent == null ? ObjectId.zeroId() : parent.revision();
        if (hosted == null && !main.stands(expected)) {
            return Optional.empty();
        }
        Commit commit = write(parent, changes, message, authorName, authorEmail, key);
        if (hosted != null) {
            boolean done = hosted.pushMain(commit.revision(), parent == null ? null : parent.revision());
            return done ? Optional.of(commit) : Optional.empty();
        }
        return moveMain(expected, commit.revision()) ? Optional.of(commit) : Optional.empty();
    }

    /**
     * Moves {@code main} to a commit that is here.
     *
     * @param expected what it is expected to be; the zero id where it is to be made
     * @return false when it is something else, or somebody else is just writing it; then it is as it was
     */
    public boolean moveMain(ObjectId expected, ObjectId id) throws IOException {
        return main.move(expected, id);
    }

    /** Writes a commit that no branch has yet. */
    public Commit write(
            @Nullable Commit parent,
            TreeChanges changes,
            String message,
            String authorName,
            String authorEmail,
            @Nullable SigningKey key)
            throws IOException {
        ObjectId id =
                new CommitWriter(this, hosted == null).write(parent, changes, message, authorName, authorEmail, key);
        return at(id.name());
    }

    /** The branches beside {@code main}. */
    public Branches branches() {
        return new Branches(this, hosted);
    }

    /**
     * A place in the line of those who have lost a race for {@code main}. It is a courtesy: whoever stands in line tries with fewer others
     * at once, and so wastes less and comes to an end sooner; nothing relies on it.
     */
    public Optional<Turn> lineUp(Duration patience) throws IOException {
        return main.lineUp(patience);
    }

    /** The file that a writer of {@code main} holds while it writes; one that stays was left by a C git that was killed. */
    public Path lock() {
        return main.lock();
    }

    /** About how many objects lie in files of their own: one of 256 folders stands for all, since names are digests. */
    public long looseObjects() {
        String[] files = repository
                .getDirectory()
                .toPath()
                .resolve("objects/17")
                .toFile()
                .list();
        return files == null ? 0 : 256L * files.length;
    }

    ObjectReader reader() {
        return trees.reader(repository.newObjectReader());
    }

    /** The newest commits that two have in common; more than one only after merges crosswise, none where the two never were one. */
    public List<Commit> mergeBases(Commit one, Commit other) throws IOException {
        return search.mergeBases(one, other);
    }

    /** Whether some history was left out when this repository was cloned. */
    public boolean isShallow() throws IOException {
        return !repository.getObjectDatabase().getShallowCommits().isEmpty();
    }

    boolean isShallow(ObjectId commit) throws IOException {
        return repository.getObjectDatabase().getShallowCommits().contains(commit);
    }

    PathHistory history() {
        return history;
    }

    /** For those who speak with Git itself, which ends with the packages below this one. */
    public Repository repository() {
        return repository;
    }

    @Override
    public void close() {
        if (hosted != null) {
            hosted.close();
        } else {
            repository.close();
        }
    }
}
