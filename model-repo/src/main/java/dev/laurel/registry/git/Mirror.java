package dev.laurel.registry.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.jgit.errors.PackProtocolException;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.FilterSpec;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/**
 * What is here of a repository on a Git host: the objects that somebody asked for. Others are fetched when they are read, one by one,
 * but for those that are known to be asked for next: the folders below {@link #AHEAD}, and a longer piece of history each time. Where
 * main is, is asked again after a while only. Safe for many threads and processes; can be deleted at any time.
 */
final class Mirror implements AutoCloseable {
    /** The folders that every command reads: down to pins, and to the numbers of versions. */
    private static final List<String> AHEAD = List.of("environments", "models");

    private static final FilterSpec DOWN_TO_PINS = filter("tree:4");
    /** Below it everything is here, for each commit that is. */
    static final String PINS = "environments/";

    /** An object itself, and of a commit the folder at its top. */
    private static final FilterSpec ITSELF = filter("tree:1");

    private static final FilterSpec NO_FILES = filter("blob:none");
    private static final int FIRST_HISTORY = 32;
    private static final int LONGEST_HISTORY = 8192;

    private final Upstream upstream;
    private final Path folder;
    private final long poll;
    private volatile boolean namesSigners;
    private final MirrorRepository repository;
    private final MirrorPacks packs;
    private Optional<ObjectId> main = Optional.empty();
    /** Whether the host gives away nothing but what a branch leads to; then everything is fetched. */
    private boolean whole;

    private @Nullable IOException problem;
    private long looked;
    private boolean fresh;
    private int history = FIRST_HISTORY;

    private Mirror(Upstream upstream, Access access, Path folder) throws IOException {
        this.upstream = upstream;
        this.folder = folder;
        this.poll = access.poll().toNanos();
        this.namesSigners = access.signed();
        this.repository = new MirrorRepository(
                new FileRepositoryBuilder().setBare().setGitDir(folder.toFile()).setup(), this::fetch);
        this.packs = new MirrorPacks(repository.getObjectDatabase());
    }

    private static FilterSpec filter(String line) {
        try {
            return FilterSpec.fromFilterLine(line);
        } catch (PackProtocolException e) {
            throw new IllegalStateException(e);
        }
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
        return repository;
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
                if (whole) {
                    expectAll(found.get());
                } else {
                    commits(found.get(), found.get(), 1);
                }
            }
            arrived(found);
            packs.gatherWhenMany();
        } catch (IOException e) {
            // Somebody who looks ten times a second does not wait for a host that is away each time.
            problem = e;
            throw e;
        } finally {
            looked = System.nanoTime();
            fresh = true;
        }
    }

    /** Notes it where Git looks for it too. Not by JGit, which would walk all the way from the commit before. */
    private void arrived(Optional<ObjectId> found) throws IOException {
        if (found.isPresent() && !found.equals(main)) {
            write(folder.resolve(BareRepository.MAIN), found.get());
        }
        main = found;
    }

    private void write(Path file, ObjectId commit) throws IOException {
        Path next = folder.resolve("next-" + UUID.randomUUID());
        Files.writeString(next, commit.name() + "\n", StandardCharsets.US_ASCII);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private synchronized void fetch(AnyObjectId id, int type) throws IOException {
        if (repository.getObjectDatabase().has(id)) {
            return;
        }
        if (type == Constants.OBJ_COMMIT) {
            commits(id.toObjectId(), main.orElseThrow(), history);
            history = Math.min(history * 4, LONGEST_HISTORY);
        } else {
            fetch(Set.of(id.toObjectId()), main.orElseThrow(), 0, ITSELF);
        }
    }

    /** @param tip where main is, through which everything can be had */
    private void fetch(Set<ObjectId> wanted, ObjectId tip, int depth, FilterSpec filter) throws IOException {
        try {
            upstream.fetch(wanted, Set.of(), depth, filter);
        } catch (UpstreamException e) {
            if (e.isRefused() || e.isPassing() || wanted.contains(tip)) {
                throw e;
            }
            try {
                expectAll(tip);
            } catch (IOException other) {
                e.addSuppressed(other);
                throw e;
            }
            // After a mere mishap the next one is asked for by itself again.
            whole = e.saysOf("not our ref") || e.saysOf("not valid");
        }
    }

    /** Fetches a commit with so many before it, and what is read of each. */
    private void commits(ObjectId newest, ObjectId tip, int depth) throws IOException {
        if (!has(newest)) {
            fetch(Set.of(newest), tip, depth, ITSELF);
        }
        Set<ObjectId> folders = new LinkedHashSet<>();
        try (ObjectReader reader = repository.getObjectDatabase().newReader();
                RevWalk walk = new RevWalk(reader)) {
            List<ObjectId> next = new ArrayList<>(List.of(newest));
            Set<ObjectId> seen = new LinkedHashSet<>();
            for (int at = 0; at < next.size() && at < depth; at++) {
                if (!reader.has(next.get(at)) || !seen.add(next.get(at))) {
                    continue;
                }
                RevCommit commit = walk.parseCommit(next.get(at));
                next.addAll(List.of(commit.getParents()));
                for (String path : AHEAD) {
                    try (TreeWalk found = TreeWalk.forPath(reader, path, commit.getTree())) {
                        if (found != null && found.isSubtree() && !reader.has(found.getObjectId(0))) {
                            folders.add(found.getObjectId(0));
                        }
                    }
                }
            }
        }
        if (!folders.isEmpty()) {
            fetch(folders, tip, 0, DOWN_TO_PINS);
        }
    }

    private boolean has(ObjectId id) throws IOException {
        return repository.getObjectDatabase().has(id);
    }

    /** Has all folders of all commits up to one here, for those who look at each. */
    void expectFolders(ObjectId newest) throws IOException {
        expect("folders", newest, NO_FILES);
    }

    /** Has the whole repository up to a commit here. */
    void expectAll(ObjectId newest) throws IOException {
        expect("all", newest, FilterSpec.NO_FILTER);
    }

    private synchronized void expect(String what, ObjectId newest, FilterSpec filter) throws IOException {
        Path note = folder.resolve(what + "-up-to");
        Set<ObjectId> before = Files.exists(note)
                ? Set.of(ObjectId.fromString(Files.readString(note).strip()))
                : Set.of();
        if (!before.contains(newest)) {
            upstream.fetch(Set.of(newest), before, 0, filter);
            write(note, newest);
        }
    }

    /**
     * Puts a commit on top of main at the host.
     *
     * @param parent what main is expected to be; null when it is to be made
     * @return false when main is something else meanwhile; then it is as it was
     */
    synchronized boolean push(ObjectId commit, @Nullable ObjectId parent) throws IOException {
        boolean done = new BranchPush(BareRepository.MAIN, commit, parent, parent).to(upstream, new BranchPush.Target() {
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

    /** The branches at the host whose whole names begin so. */
    List<Ref> branches(String prefix) throws IOException {
        return upstream.branches(prefix);
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
                return upstream.branches(branch).stream()
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
        repository.close();
        upstream.close();
    }

    private boolean contains(ObjectId newest, ObjectId commit) throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            return walk.isMergedInto(walk.parseCommit(commit), walk.parseCommit(newest));
        }
    }
}
