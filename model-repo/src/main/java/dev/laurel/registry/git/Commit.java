package dev.laurel.registry.git;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.AndTreeFilter;
import org.eclipse.jgit.treewalk.filter.PathFilterGroup;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.jspecify.annotations.Nullable;

/** A commit and the files that stand in it. Immutable; reads objects, never a work tree. Paths are relative, with {@code /}. */
public final class Commit {
    /** Files in Git are documents and plots; the bytes of models and rows are Git LFS objects. */
    static final int LARGEST_FILE = 16 << 20;

    /** How the sentence of {@code git revert} begins. */
    private static final String REVERT = "This reverts commit ";

    private final BareRepository repository;
    private final RevCommit commit;

    Commit(BareRepository repository, RevCommit commit) {
        this.repository = repository;
        this.commit = commit;
    }

    RevCommit revision() {
        return commit;
    }

    public String id() {
        return commit.name();
    }

    public String subject() {
        return commit.getShortMessage();
    }

    public String authorName() {
        return commit.getAuthorIdent().getName();
    }

    public String authorEmail() {
        return commit.getAuthorIdent().getEmailAddress();
    }

    /** When it was committed, in whole seconds; a rebase or a merge makes that later than when its author wrote it. */
    public Instant time() {
        return Instant.ofEpochSecond(commit.getCommitTime());
    }

    /** What stands below the subject and above the trailers, in one line, without Git's own words; the subject where nothing does. */
    public String note() {
        List<String> paragraphs = List.of(commit.getFullMessage().strip().split("\\n\\s*\\n"));
        int end = paragraphs.size() - (commit.getFooterLines().isEmpty() ? 0 : 1);
        String body = paragraphs.subList(Math.min(1, end), end).stream()
                .map(paragraph -> paragraph.replaceAll("\\s+", " ").strip())
                .filter(paragraph -> !paragraph.startsWith(REVERT))
                .collect(Collectors.joining(" "));
        return body.isEmpty() ? subject() : body;
    }

    public Optional<Commit> firstParent() throws IOException {
        return commit.getParentCount() == 0
                ? Optional.empty()
                : Optional.of(repository.at(commit.getParent(0).name()));
    }

    /** Whether the history before it was left out when this repository was cloned; then it has no parent here. */
    public boolean isShallow() throws IOException {
        return repository.isShallow(commit);
    }

    /** The content of a plain file; empty when there is none at that path. */
    public Optional<byte[]> file(String path) throws IOException {
        try (ObjectReader reader = repository.reader();
                TreeWalk walk = TreeWalk.forPath(reader, path, commit.getTree())) {
            if (walk == null || !isPlainFile(walk.getFileMode(0))) {
                return Optional.empty();
            }
            ObjectLoader blob = reader.open(walk.getObjectId(0));
            if (blob.getSize() > LARGEST_FILE) {
                throw new IOException("%s: %d bytes (expected: at most %d in Git; larger files belong to Git LFS)"
                        .formatted(path, blob.getSize(), LARGEST_FILE));
            }
            return Optional.of(blob.getBytes());
        }
    }

    public boolean hasFolder(String path) throws IOException {
        try (ObjectReader reader = repository.reader();
                TreeWalk walk = TreeWalk.forPath(reader, path, commit.getTree())) {
            return walk != null && walk.isSubtree();
        }
    }

    /** The names of the folders in a folder, in Git's order; none where there is no such folder. */
    public List<String> folders(String path) throws IOException {
        return names(path, FileMode.TREE::equals);
    }

    /** The names of all that is in a folder but folders. */
    public List<String> files(String path) throws IOException {
        return names(path, mode -> !FileMode.TREE.equals(mode));
    }

    private List<String> names(String path, Predicate<FileMode> wanted) throws IOException {
        List<String> names = new ArrayList<>();
        try (ObjectReader reader = repository.reader();
                TreeWalk folder = TreeWalk.forPath(reader, path, commit.getTree())) {
            if (folder != null && folder.isSubtree()) {
                try (TreeWalk children = new TreeWalk(reader)) {
                    children.addTree(folder.getObjectId(0));
                    while (children.next()) {
                        if (wanted.test(children.getFileMode(0))) {
                            names.add(children.getNameString());
                        }
                    }
                }
            }
        }
        return names;
    }

    /** What differs from {@code before}, or from nothing where that is null; reads only the trees that do. */
    public List<PathChange> changesSince(@Nullable Commit before) throws IOException {
        try (ObjectReader reader = repository.reader();
                TreeWalk walk = new TreeWalk(reader)) {
            walk.addTree(
                    before == null
                            ? new EmptyTreeIterator()
                            : new CanonicalTreeParser(null, reader, before.commit.getTree()));
            walk.addTree(commit.getTree());
            walk.setFilter(TreeFilter.ANY_DIFF);
            return changes(walk);
        }
    }

    /** What this commit changed, against its first parent, below some paths; reads only the trees that differ. */
    public List<PathChange> changesBelow(List<String> paths) throws IOException {
        expectFolders(paths);
        try (ObjectReader reader = repository.reader();
                TreeWalk walk = new TreeWalk(reader)) {
            Optional<Commit> parent = firstParent();
            walk.addTree(
                    parent.isPresent()
                            ? new CanonicalTreeParser(
                                    null, reader, parent.get().commit.getTree())
                            : new EmptyTreeIterator());
            walk.addTree(commit.getTree());
            walk.setFilter(AndTreeFilter.create(PathFilterGroup.createFromStrings(paths), TreeFilter.ANY_DIFF));
            return changes(walk);
        }
    }

    private static List<PathChange> changes(TreeWalk walk) throws IOException {
        List<PathChange> changes = new ArrayList<>();
        walk.setRecursive(true);
        while (walk.next()) {
            changes.add(new PathChange(
                    walk.getPathString(),
                    walk.getRawMode(0) != 0,
                    walk.getRawMode(1) != 0,
                    isPlainFile(walk.getFileMode(1))));
        }
        return changes;
    }

    /**
     * The newest commit, from this one back along first parents, that gave {@code path} another content than its first parent; empty
     * when there never was anything at that path.
     */
    public Optional<Commit> lastChange(String path) throws IOException {
        expectFolders(List.of(path));
        Optional<String> id = repository.history().lastChange(commit, path);
        return id.isEmpty() ? Optional.empty() : Optional.of(repository.at(id.get()));
    }

    /** Pins are at hand for as far back as commits are; the rest is not. */
    private void expectFolders(List<String> paths) throws IOException {
        if (!paths.stream().allMatch(path -> path.startsWith("environments/"))) {
            repository.expectFolders(this);
        }
    }

    private static boolean isPlainFile(FileMode mode) {
        return FileMode.REGULAR_FILE.equals(mode) || FileMode.EXECUTABLE_FILE.equals(mode);
    }
}
