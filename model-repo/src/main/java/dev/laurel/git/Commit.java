package dev.laurel.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.laurel.git.sign.CommitSignature;
import dev.laurel.git.sign.SignatureCheck;
import dev.laurel.git.sign.SignerKey;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.AndTreeFilter;
import org.eclipse.jgit.treewalk.filter.PathFilter;
import org.eclipse.jgit.treewalk.filter.PathFilterGroup;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.jspecify.annotations.Nullable;

/**
 * A commit and the files that stand in it. Immutable; reads objects, never a work tree. Paths are relative, with {@code /}. Long since each
 * way to read has its limits beside it, against trees that somebody made to be expensive.
 */
public final class Commit {
    /** Files in Git are documents and plots; the bytes of models and rows are Git LFS objects. */
    public static final int LARGEST_FILE = 16 << 20;
    /** With these three what is hostile takes no more than a second or two; ours stay far below. */
    private static final int LARGEST_FOLDER = 1 << 20;

    private static final int DEEPEST = 50;
    private static final int MOST_CHANGES = 100_000;

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

    /** What its signature proves to somebody who knows these keys. */
    public CommitSignature signature(Collection<SignerKey> known) throws IOException {
        return SignatureCheck.of(commit, known);
    }

    public Optional<Commit> firstParent() throws IOException {
        return commit.getParentCount() == 0
                ? Optional.empty()
                : Optional.of(repository.at(commit.getParent(0).name()));
    }

    /** Whether it has more than one parent. */
    public boolean isMerge() {
        return commit.getParentCount() > 1;
    }

    /** Whether {@code earlier} is this commit, or is found from it back along first parents. */
    public boolean standsOn(Commit earlier) throws IOException {
        try (RevWalk walk = new RevWalk(repository.repository())) {
            walk.setRetainBody(false);
            RevCommit at = walk.parseCommit(commit);
            while (!at.equals(earlier.commit) && at.getParentCount() > 0) {
                at = walk.parseCommit(at.getParent(0));
            }
            return at.equals(earlier.commit);
        }
    }

    /** Whether the history before it would have to be fetched. */
    public boolean isFarFromItsPast() {
        return repository.isMirror();
    }

    /** Whether there are signers, for all that is known here beside what this commit names: it was said, or seen at another one. */
    public boolean isAfterSigners() {
        return repository.namesSigners();
    }

    /** Has all commits of this repository known to be after signers, for as long as it is open. */
    public void rememberSigners() {
        repository.rememberSigners();
    }

    /** Whether the history before it was left out when this repository was cloned; then it has no parent here. */
    public boolean isShallow() throws IOException {
        return repository.isShallow(commit);
    }

    /**
     * The content of a plain file; empty when there is nothing at that path.
     *
     * @throws RefusedEntryException when it is something else, or too large
     */
    public Optional<byte[]> file(String path) throws IOException {
        try (ObjectReader reader = repository.reader()) {
            CanonicalTreeParser entry = entry(reader, path);
            if (entry == null) {
                return Optional.empty();
            }
            if (!isPlainFile(entry.getEntryFileMode())) {
                throw new RefusedEntryException(path, kind(entry.getEntryFileMode()), "a file");
            }
            ObjectLoader content = reader.open(entry.getEntryObjectId(), Constants.OBJ_BLOB);
            if (content.getSize() > LARGEST_FILE) {
                throw new RefusedEntryException(
                        path,
                        content.getSize() + " bytes",
                        "at most %s in Git; larger files belong to Git LFS".formatted(LARGEST_FILE));
            }
            return Optional.of(content.getBytes());
        }
    }

    /** Has files at hand that are going to be read, in a few requests where they are on a Git host. */
    public void expectFiles(Collection<String> paths) throws IOException {
        repository.expectFiles(Map.of(this, paths));
    }

    public boolean hasFolder(String path) throws IOException {
        return folderId(path).isPresent();
    }

    /** The id of the tree at that path, which stands for everything in it. */
    public Optional<String> folderId(String path) throws IOException {
        try (ObjectReader reader = repository.reader()) {
            CanonicalTreeParser entry = entry(reader, path);
            return entry != null && FileMode.TREE.equals(entry.getEntryFileMode())
                    ? Optional.of(entry.getEntryObjectId().name())
                    : Optional.empty();
        }
    }

    /** What stands at a path; null when nothing does. */
    private @Nullable CanonicalTreeParser entry(ObjectReader reader, String path) throws IOException {
        ObjectId folder = commit.getTree();
        for (int begin = 0; ; ) {
            expectReadable(reader, folder, path.substring(0, Math.max(0, begin - 1)));
            int end = path.indexOf('/', begin);
            CanonicalTreeParser entry = new CanonicalTreeParser(null, reader, folder);
            byte[] name = path.substring(begin, end < 0 ? path.length() : end).getBytes(UTF_8);
            while (!entry.eof() && !isNamed(entry, name)) {
                entry.next();
            }
            if (entry.eof() || (end >= 0 && !FileMode.TREE.equals(entry.getEntryFileMode()))) {
                return null;
            }
            if (end < 0) {
                return entry;
            }
            folder = entry.getEntryObjectId();
            begin = end + 1;
        }
    }

    private static boolean isNamed(CanonicalTreeParser entry, byte[] name) {
        int begin = entry.getNameOffset();
        return Arrays.equals(entry.getEntryPathBuffer(), begin, begin + entry.getNameLength(), name, 0, name.length);
    }

    private static void expectReadable(ObjectReader reader, ObjectId folder, String path) throws IOException {
        long size = reader.getObjectSize(folder, Constants.OBJ_TREE);
        if (size > LARGEST_FOLDER) {
            throw new RefusedEntryException(
                    path,
                    "a folder whose list of names takes %s bytes in Git".formatted(size),
                    "at most %s, which is some ten thousand names".formatted(LARGEST_FOLDER));
        }
    }

    private static String kind(FileMode mode) {
        return FileMode.SYMLINK.equals(mode)
                ? "a symbolic link"
                : FileMode.GITLINK.equals(mode) ? "a submodule" : "a folder";
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
        try (ObjectReader reader = repository.reader()) {
            CanonicalTreeParser entry = entry(reader, path);
            if (entry != null && FileMode.TREE.equals(entry.getEntryFileMode())) {
                expectReadable(reader, entry.getEntryObjectId(), path);
                CanonicalTreeParser child = new CanonicalTreeParser(null, reader, entry.getEntryObjectId());
                for (; !child.eof(); child.next()) {
                    if (wanted.test(child.getEntryFileMode())) {
                        names.add(child.getEntryPathString());
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
        repository.expectFolders(this, paths);
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

    /** Not by JGit's own recursion, which looks at no limit: a few small trees can stand for more files than there are atoms. */
    private static List<PathChange> changes(TreeWalk walk) throws IOException {
        List<PathChange> changes = new ArrayList<>();
        while (walk.next()) {
            String path = walk.getPathString();
            boolean folderBefore = FileMode.TREE.equals(walk.getFileMode(0));
            boolean folderAfter = FileMode.TREE.equals(walk.getFileMode(1));
            boolean before = walk.getRawMode(0) != 0 && !folderBefore;
            boolean after = walk.getRawMode(1) != 0 && !folderAfter;
            if (before || after) {
                changes.add(new PathChange(path, before, after, isPlainFile(walk.getFileMode(1))));
            }
            if (folderBefore || folderAfter) {
                if (walk.getDepth() >= DEEPEST) {
                    throw new RefusedEntryException(path, "a deeper folder", "at most " + DEEPEST + " levels");
                }
                if (folderBefore) {
                    expectReadable(walk.getObjectReader(), walk.getObjectId(0), path);
                }
                if (folderAfter) {
                    expectReadable(walk.getObjectReader(), walk.getObjectId(1), path);
                }
                walk.enterSubtree();
            }
            if (changes.size() > MOST_CHANGES) {
                throw new RefusedEntryException(path, "one change too many", "at most " + MOST_CHANGES + " at once");
            }
        }
        return changes;
    }

    /**
     * The newest commit, from this one back along first parents, that gave {@code path} another content than its first parent; empty
     * when there never was anything at that path.
     */
    public Optional<Commit> lastChange(String path) throws IOException {
        return lastChange(path, null);
    }

    /**
     * The same, but no further back than to the commit that added {@code whileThere}, which stands here.
     *
     * @return empty as well when that path is the older one
     */
    public Optional<Commit> lastChange(String path, @Nullable String whileThere) throws IOException {
        repository.expectFolders(this, List.of(path));
        Optional<String> id = repository.history().lastChange(commit, path, whileThere);
        return id.isEmpty() ? Optional.empty() : Optional.of(repository.at(id.get()));
    }

    /** Reads every file of some name in a folder and all below it, by the path of each. */
    public void eachFile(String folder, String name, BiConsumer<String, byte[]> reader) throws IOException {
        try (ObjectReader objects = repository.reader();
                TreeWalk walk = new TreeWalk(objects)) {
            walk.addTree(commit.getTree());
            walk.setFilter(PathFilter.create(folder));
            while (walk.next()) {
                if (FileMode.TREE.equals(walk.getFileMode(0)) && walk.getDepth() < DEEPEST) {
                    expectReadable(objects, walk.getObjectId(0), walk.getPathString());
                    walk.enterSubtree();
                } else if (walk.getNameString().equals(name) && isPlainFile(walk.getFileMode(0))) {
                    reader.accept(
                            walk.getPathString(),
                            objects.open(walk.getObjectId(0)).getCachedBytes(LARGEST_FILE));
                }
            }
        }
    }

    private static boolean isPlainFile(FileMode mode) {
        return FileMode.REGULAR_FILE.equals(mode) || FileMode.EXECUTABLE_FILE.equals(mode);
    }
}
