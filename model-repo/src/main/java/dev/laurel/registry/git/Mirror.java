package dev.laurel.registry.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.jgit.errors.AmbiguousObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

/**
 * What is here of a repository on a Git host: where its main is, or was a short while ago, and the {@link MirrorObjects objects} that
 * somebody asked for. Safe for many threads and processes; can be deleted at any time.
 */
final class Mirror implements AutoCloseable {
    private static final Pattern BEGIN_OF_ID = Pattern.compile("[0-9a-f]{4,39}");

    private final Upstream upstream;
    private final MirrorObjects objects;
    private final Path folder;
    private final long poll;
    private volatile boolean namesSigners;
    private Optional<ObjectId> main = Optional.empty();

    private @Nullable IOException problem;
    private long looked;
    private boolean fresh;

    private Mirror(Upstream upstream, Access access, Path folder) throws IOException {
        this.upstream = upstream;
        this.objects = new MirrorObjects(upstream, folder);
        this.folder = folder;
        this.poll = access.poll().toNanos();
        this.namesSigners = access.signed();
    }

    static Mirror open(Upstream upstream, Access access, Path folder) throws IOException {
        if (!Files.exists(folder)) {
            Files.createDirectories(folder.getParent());
            Path building = folder.resolveSibling("." + folder.getFileName() + "-" + UUID.randomUUID());
            BareRepository.init(building).close();
            try {
                Files.move(building, folder, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                if (!Files.exists(folder)) {
                    throw e;
                }
                // Another process made it meanwhile.
                BareRepository.delete(building);
            }
        }
        return new Mirror(upstream, access, folder);
    }

    Repository repository() {
        return objects.repository();
    }

    MirrorObjects objects() {
        return objects;
    }

    /** Whether somebody said, or main once did, that there are signers. */
    boolean namesSigners() {
        return namesSigners;
    }

    void rememberSigners() {
        namesSigners = true;
    }

    /** Has main looked up again, for those who are about to write. */
    synchronized void forget() {
        fresh = false;
    }

    /** Where main is, or was a short while ago; its commit is here, and so is what is read of every commit. */
    synchronized Optional<ObjectId> main() throws IOException {
        if (!fresh) {
            look(Backoff.patient());
        } else if (System.nanoTime() - looked > poll) {
            look(Backoff.none());
        }
        if (problem != null) {
            throw problem;
        }
        return main;
    }

    private void look(Backoff backoff) throws IOException {
        try {
            problem = null;
            Optional<ObjectId> found = upstream.main(backoff);
            if (found.isPresent() && !found.equals(main)) {
                objects.expectMain(found.get());
                // Where Git looks for it too. Not by JGit, which would walk all the way from the commit before.
                objects.note(folder.resolve(BareRepository.MAIN), found.get());
            }
            main = found;
        } catch (IOException e) {
            // Somebody who looks ten times a second does not wait for a host that is away each time.
            problem = e;
            throw e;
        } finally {
            looked = System.nanoTime();
            fresh = true;
        }
    }

    /**
     * The commit that a branch or a tag at the host names, or that is the only one whose id begins so; it is here then, and what is read
     * of every commit.
     */
    Optional<ObjectId> find(String name) throws IOException {
        List<String> names = name.startsWith(Constants.R_REFS)
                ? List.of(name)
                : List.of(Constants.R_TAGS + name, Constants.R_HEADS + name);
        Map<String, ObjectId> found = new HashMap<>();
        upstream.refs(names).forEach(ref -> found.put(ref.getName(), Upstream.commit(ref)));
        Optional<ObjectId> named =
                names.stream().filter(found::containsKey).map(found::get).findFirst();
        Optional<ObjectId> commit =
                named.isPresent() || !BEGIN_OF_ID.matcher(name).matches() ? named : beginningWith(name);
        if (commit.isPresent()) {
            objects.expectCommits(Set.of(commit.get()));
        }
        return commit;
    }

    /** The protocol knows whole ids only, so all commits have to be here. */
    private Optional<ObjectId> beginningWith(String begin) throws IOException {
        Optional<ObjectId> tip = main();
        if (tip.isPresent()) {
            objects.expectFolders(tip.get());
        }
        Optional<ObjectId> known = resolve(begin);
        if (known.isPresent()) {
            return known;
        }
        objects.expectHistory(upstream.refs(List.of(Constants.R_HEADS, Constants.R_TAGS)).stream()
                .map(Upstream::commit)
                .distinct()
                .toList());
        Optional<ObjectId> elsewhere = resolve(begin);
        if (elsewhere.isPresent()) {
            objects.expectFolders(elsewhere.get());
        }
        return elsewhere;
    }

    private Optional<ObjectId> resolve(String begin) throws IOException {
        try {
            return Optional.ofNullable(repository().resolve(begin + "^{commit}"));
        } catch (AmbiguousObjectException | IncorrectObjectTypeException e) {
            return Optional.empty();
        }
    }

    /**
     * Puts a commit on top of main at the host.
     *
     * @param parent what main is expected to be; null when it is to be made
     * @return false when main is something else meanwhile; then it is as it was
     */
    synchronized boolean push(ObjectId commit, @Nullable ObjectId parent) throws IOException {
        boolean done = new BranchPush(BareRepository.MAIN, commit, parent, parent)
                .to(upstream, new BranchPush.Target() {
                    @Override
                    public Optional<ObjectId> look() throws IOException {
                        Mirror.this.look(Backoff.patient());
                        return main;
                    }

                    @Override
                    public boolean hasArrived(Optional<ObjectId> now) throws IOException {
                        return now.isPresent() && contains(now.get(), commit);
                    }
                });
        fresh = false;
        return done;
    }

    /** The branches at the host whose whole names begin so; their commits are here. */
    List<Ref> branches(String prefix) throws IOException {
        List<Ref> branches = upstream.refs(List.of(prefix));
        objects.expectCommits(branches.stream().map(Ref::getObjectId).toList());
        return branches;
    }

    /**
     * Makes, rewrites or deletes a branch beside main at the host.
     *
     * @param commit what it is to name; null when it is to go
     * @param expected what it is expected to name; null when it is to be made
     * @return false when it is something else meanwhile
     */
    synchronized boolean push(String branch, @Nullable Commit commit, @Nullable ObjectId expected) throws IOException {
        ObjectId wanted = commit == null ? null : commit.revision();
        ObjectId parent = commit == null || commit.revision().getParentCount() == 0
                ? null
                : commit.revision().getParent(0);
        return new BranchPush(branch, wanted, expected, parent).to(upstream, new BranchPush.Target() {
            @Override
            public Optional<ObjectId> look() throws IOException {
                return upstream.refs(List.of(branch)).stream()
                        .filter(ref -> ref.getName().equals(branch))
                        .map(Ref::getObjectId)
                        .findFirst();
            }

            @Override
            public boolean hasArrived(Optional<ObjectId> now) {
                return now.equals(Optional.ofNullable(wanted));
            }
        });
    }

    @Override
    public void close() {
        repository().close();
        upstream.close();
    }

    private boolean contains(ObjectId newest, ObjectId commit) throws IOException {
        try (RevWalk walk = new RevWalk(repository())) {
            return walk.isMergedInto(walk.parseCommit(commit), walk.parseCommit(newest));
        }
    }
}
