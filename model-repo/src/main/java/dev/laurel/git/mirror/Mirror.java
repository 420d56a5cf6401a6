package dev.laurel.git.mirror;

import dev.laurel.git.BareRepository;
import dev.laurel.git.Hosted;
import dev.laurel.git.disk.Folders;
import dev.laurel.git.disk.Refs;
import dev.laurel.git.host.Access;
import dev.laurel.git.host.Backoff;
import dev.laurel.git.host.HttpHost;
import dev.laurel.git.host.Location;
import dev.laurel.git.host.SshSessions;
import dev.laurel.git.lfs.LfsStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
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
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

/**
 * What is here of a repository on a Git host: where its main is, or was a short while ago, and the {@link MirrorObjects objects} that
 * somebody asked for. Safe for many threads and processes; can be deleted at any time.
 */
public final class Mirror implements Hosted {
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

    /** What is here of a repository on a Git host. */
    public static BareRepository open(Location.Remote location, Access access) throws IOException {
        Path folder = access.mirror(location);
        create(folder);
        HttpHost host = new HttpHost(location.address(), access);
        SshSessions ssh = location.isSsh() ? new SshSessions(access, folder) : null;
        Mirror mirror = new Mirror(new Upstream(location, access, host, ssh, folder), access, folder);
        LfsStore lfs = LfsStore.mirror(folder, new LfsDiscovery(location, ssh, mirror), host, access);
        return BareRepository.mirror(mirror.repository(), lfs, mirror);
    }

    private static void create(Path folder) throws IOException {
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
                Folders.delete(building);
            }
        }
    }

    Repository repository() {
        return objects.repository();
    }

    @Override
    public boolean namesSigners() {
        return namesSigners;
    }

    @Override
    public void rememberSigners() {
        namesSigners = true;
    }

    @Override
    public synchronized void refresh() {
        fresh = false;
    }

    @Override
    public synchronized Optional<ObjectId> main() throws IOException {
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
                objects.note(folder.resolve(Refs.MAIN), found.get());
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

    @Override
    public Optional<ObjectId> find(String name) throws IOException {
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

    @Override
    public void expectAll(ObjectId newest) throws IOException {
        objects.expectAll(newest);
    }

    /** Pins are here for as far back as commits are; the rest is not. */
    @Override
    public void expectFolders(ObjectId newest, Collection<String> paths) throws IOException {
        if (!paths.stream().allMatch(path -> path.startsWith(MirrorObjects.PINS))) {
            objects.expectFolders(newest);
        }
    }

    @Override
    public void expectFiles(Collection<FileAt> files) throws IOException {
        objects.expectFiles(files);
    }

    @Override
    public synchronized boolean pushMain(ObjectId commit, @Nullable ObjectId parent) throws IOException {
        boolean done = new BranchPush(Refs.MAIN, commit, parent, parent).to(upstream, new BranchPush.AtHost() {
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

    @Override
    public List<Ref> branches(String prefix) throws IOException {
        List<Ref> branches = upstream.refs(List.of(prefix));
        objects.expectCommits(branches.stream().map(Ref::getObjectId).toList());
        return branches;
    }

    @Override
    public synchronized boolean push(String branch, @Nullable RevCommit commit, @Nullable ObjectId expected)
            throws IOException {
        ObjectId parent = commit == null || commit.getParentCount() == 0 ? null : commit.getParent(0);
        return new BranchPush(branch, commit, expected, parent).to(upstream, new BranchPush.AtHost() {
            @Override
            public Optional<ObjectId> look() throws IOException {
                return upstream.refs(List.of(branch)).stream()
                        .filter(ref -> ref.getName().equals(branch))
                        .map(Ref::getObjectId)
                        .findFirst();
            }

            @Override
            public boolean hasArrived(Optional<ObjectId> now) {
                return now.equals(Optional.ofNullable(commit));
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
