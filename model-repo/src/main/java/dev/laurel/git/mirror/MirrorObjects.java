package dev.laurel.git.mirror;

import dev.laurel.git.BareRepository;
import dev.laurel.git.Hosted;
import dev.laurel.git.host.HostException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.eclipse.jgit.errors.PackProtocolException;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.FilterSpec;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a mirror: those that somebody asked for. Others are fetched when they are read, one by one, but for those that are known
 * to be asked for next: the folders below {@link #AHEAD}, a longer piece of history each time, and what a reader {@link #expectFiles
 * expects}. Its length is that of these four ways to fetch; they share what is here, where main is, and one lock.
 */
final class MirrorObjects {
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
    private final MirrorRepository repository;
    private final MirrorPacks packs;
    /** Where main is, through which everything can be had; null until that is known. */
    private @Nullable ObjectId main;
    /** Whether the host gives away nothing but what a branch leads to; then everything is fetched. */
    private boolean whole;

    /** The commits of which all folders are known to be here. */
    private final Set<ObjectId> withFolders = new HashSet<>();

    private int history = FIRST_HISTORY;

    /** @param folder of a bare repository */
    MirrorObjects(Upstream upstream, Path folder) throws IOException {
        this.upstream = upstream;
        this.folder = folder;
        this.repository = new MirrorRepository(BareRepository.builder(folder).setup(), this::fetch);
        this.packs = new MirrorPacks(repository.getObjectDatabase());
    }

    private static FilterSpec filter(String line) {
        try {
            return FilterSpec.fromFilterLine(line);
        } catch (PackProtocolException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whose readers have what is missing fetched. */
    MirrorRepository repository() {
        return repository;
    }

    /** Has the commit at which main is now here, and what is read of every commit. */
    synchronized void expectMain(ObjectId newest) throws IOException {
        main = newest;
        if (whole) {
            expectAll(newest);
        } else {
            expectCommits(Set.of(newest));
        }
        packs.gatherWhenMany();
    }

    /** Has these commits here, and what is read of every commit. */
    synchronized void expectCommits(Collection<ObjectId> commits) throws IOException {
        commits(commits, 1);
    }

    /** Has all commits here that these lead to. */
    synchronized void expectHistory(Collection<ObjectId> newest) throws IOException {
        fetch(newest, 0, ITSELF);
    }

    /** Has all folders of all commits up to one here, for those who look at each. */
    synchronized void expectFolders(ObjectId newest) throws IOException {
        if (withFolders.contains(newest)) {
            return;
        }
        Set<ObjectId> before = upTo("folders");
        addHistory(before);
        if (!withFolders.contains(newest)) {
            fetchAndNote("folders", newest, before, NO_FILES);
            expectPins(newest, before);
            addHistory(Set.of(newest));
        }
    }

    private void addHistory(Set<ObjectId> tips) throws IOException {
        try (RevWalk walk = new RevWalk(here())) {
            Deque<ObjectId> left = new ArrayDeque<>(tips);
            while (!left.isEmpty()) {
                ObjectId next = left.pop();
                if (withFolders.add(next)) {
                    left.addAll(List.of(walk.parseCommit(next).getParents()));
                }
            }
        }
    }

    /** Has the whole repository up to a commit here. */
    synchronized void expectAll(ObjectId newest) throws IOException {
        Set<ObjectId> before = upTo("all");
        if (!before.contains(newest)) {
            fetchAndNote("all", newest, before, FilterSpec.NO_FILTER);
        }
    }

    /** Up to which commit history was fetched with something of each. */
    private Set<ObjectId> upTo(String what) throws IOException {
        Path note = folder.resolve(what + "-up-to");
        return Files.exists(note)
                ? Set.of(ObjectId.fromString(Files.readString(note).strip()))
                : Set.of();
    }

    private void fetchAndNote(String what, ObjectId newest, Set<ObjectId> before, FilterSpec filter)
            throws IOException {
        upstream.fetch(Set.of(newest), before, 0, filter);
        note(folder.resolve(what + "-up-to"), newest);
    }

    /** Notes a commit in a file, for all processes. */
    void note(Path file, ObjectId commit) throws IOException {
        Path next = folder.resolve("next-" + UUID.randomUUID());
        Files.writeString(next, commit.name() + "\n", StandardCharsets.US_ASCII);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Has files here, in one request for each level of folders; those that are not there are nobody's business here. */
    synchronized void expectFiles(Collection<Hosted.FileAt> files) throws IOException {
        Set<ObjectId> asked = Set.of();
        for (Set<ObjectId> missing = missing(files);
                !missing.isEmpty() && !missing.equals(asked);
                missing = missing(files)) {
            fetch(missing, 0, ITSELF);
            asked = missing;
        }
    }

    private Set<ObjectId> missing(Collection<Hosted.FileAt> files) throws IOException {
        Set<ObjectId> missing = new LinkedHashSet<>();
        try (ObjectReader here = here()) {
            for (Hosted.FileAt file : files) {
                @Nullable ObjectId at = file.folder();
                for (String name : file.path().split("/", -1)) {
                    if (at == null || !here.has(at)) {
                        break;
                    }
                    at = entry(here, at, name);
                }
                if (at != null && !here.has(at)) {
                    missing.add(at);
                }
            }
        }
        return missing;
    }

    private static @Nullable ObjectId entry(ObjectReader here, ObjectId folder, String name) throws IOException {
        CanonicalTreeParser entries = new CanonicalTreeParser(null, here, folder);
        while (!entries.eof() && !entries.getEntryPathString().equals(name)) {
            entries.next();
        }
        return entries.eof() ? null : entries.getEntryObjectId();
    }

    private void expectPins(ObjectId newest, Set<ObjectId> before) throws IOException {
        Set<ObjectId> missing = new LinkedHashSet<>();
        try (ObjectReader here = here();
                RevWalk walk = new RevWalk(here)) {
            walk.markStart(walk.parseCommit(newest));
            for (ObjectId known : before) {
                walk.markUninteresting(walk.parseCommit(known));
            }
            Set<ObjectId> seen = new HashSet<>();
            for (RevCommit commit : walk) {
                try (TreeWalk found = TreeWalk.forPath(here, PINS.substring(0, PINS.length() - 1), commit.getTree())) {
                    if (found != null && found.isSubtree()) {
                        missingFiles(here, found.getObjectId(0), seen, missing);
                    }
                }
            }
        }
        if (!missing.isEmpty()) {
            fetch(missing, 0, ITSELF);
        }
    }

    private static void missingFiles(ObjectReader here, ObjectId folder, Set<ObjectId> seen, Set<ObjectId> missing)
            throws IOException {
        if (!seen.add(folder)) {
            return;
        }
        CanonicalTreeParser entries = new CanonicalTreeParser(null, here, folder);
        for (; !entries.eof(); entries.next()) {
            ObjectId entry = entries.getEntryObjectId();
            if (FileMode.TREE.equals(entries.getEntryFileMode())) {
                missingFiles(here, entry, seen, missing);
            } else if (!FileMode.GITLINK.equals(entries.getEntryFileMode()) && !here.has(entry)) {
                missing.add(entry);
            }
        }
    }

    /** Called by readers that meet a gap. */
    private synchronized void fetch(AnyObjectId id, int type) throws IOException {
        if (repository.getObjectDatabase().has(id)) {
            return;
        }
        if (type == Constants.OBJ_COMMIT) {
            commits(Set.of(id.toObjectId()), history);
            history = Math.min(history * 4, LONGEST_HISTORY);
        } else {
            fetch(Set.of(id.toObjectId()), 0, ITSELF);
        }
    }

    private void fetch(Collection<ObjectId> wanted, int depth, FilterSpec filter) throws IOException {
        try {
            upstream.fetch(wanted, Set.of(), depth, filter);
        } catch (HostException e) {
            ObjectId tip = Objects.requireNonNull(main, "nothing is read before main was looked for");
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

    /** Fetches commits with so many before them, and what is read of each. */
    private void commits(Collection<ObjectId> newest, int depth) throws IOException {
        Set<ObjectId> folders = new LinkedHashSet<>();
        try (ObjectReader here = here();
                RevWalk walk = new RevWalk(here)) {
            Set<ObjectId> missing = new LinkedHashSet<>();
            for (ObjectId commit : newest) {
                if (!here.has(commit)) {
                    missing.add(commit);
                }
            }
            if (!missing.isEmpty()) {
                fetch(missing, depth, ITSELF);
            }
            List<ObjectId> next = new ArrayList<>(newest);
            Set<ObjectId> seen = new LinkedHashSet<>();
            for (int at = 0; at < next.size() && at < Math.max(depth, newest.size()); at++) {
                if (!here.has(next.get(at)) || !seen.add(next.get(at))) {
                    continue;
                }
                RevCommit commit = walk.parseCommit(next.get(at));
                next.addAll(List.of(commit.getParents()));
                for (String path : AHEAD) {
                    try (TreeWalk found = TreeWalk.forPath(here, path, commit.getTree())) {
                        if (found != null && found.isSubtree() && !here.has(found.getObjectId(0))) {
                            folders.add(found.getObjectId(0));
                        }
                    }
                }
            }
        }
        if (!folders.isEmpty()) {
            fetch(folders, 0, DOWN_TO_PINS);
        }
    }

    /** Reads what is here and nothing else. */
    private ObjectReader here() {
        return repository.getObjectDatabase().newReader();
    }
}
