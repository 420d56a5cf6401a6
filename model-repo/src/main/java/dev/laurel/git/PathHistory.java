package dev.laurel.git;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/**
 * Finds the commits that changed a path, along first parents. An answer holds for ever, so it is remembered: the next question, asked
 * at a newer commit, walks back only to where the one before began.
 */
final class PathHistory {
    private static final int REMEMBERED = 10_000;

    private final BareRepository repository;
    private final Map<Key, Optional<String>> known = new ConcurrentHashMap<>();
    /** Back to which commit a path is known to have the same content: where a walk that did not find the change ended. */
    private final Map<Key, String> unchanged = new ConcurrentHashMap<>();

    PathHistory(BareRepository repository) {
        this.repository = repository;
    }

    /** @param whileThere goes no further back than to the commit that added this path; the whole way where it is null */
    Optional<String> lastChange(RevCommit newest, String path, @Nullable String whileThere) throws IOException {
        try (ObjectReader reader = repository.reader();
                RevWalk walk = new RevWalk(reader)) {
            RevCommit commit = walk.parseCommit(newest);
            String top = path.substring(0, (path + "/").indexOf('/'));
            ObjectId content = contentAt(walk, commit, path);
            ObjectId above = contentAt(walk, commit, top);
            while (true) {
                Optional<String> answer = known.get(new Key(commit.name(), path));
                if (answer != null) {
                    return remember(known, newest, path, answer);
                }
                String before = unchanged.get(new Key(commit.name(), path));
                if (before != null) {
                    commit = walk.parseCommit(ObjectId.fromString(before));
                    continue;
                }
                if (whileThere != null && contentAt(walk, commit, whileThere).equals(ObjectId.zeroId())) {
                    if (!commit.equals(newest)) {
                        remember(unchanged, newest, path, commit.name());
                    }
                    return Optional.empty();
                }
                if (commit.getParentCount() == 0) {
                    boolean nothing = content.equals(ObjectId.zeroId());
                    return remember(known, newest, path, nothing ? Optional.empty() : Optional.of(commit.name()));
                }
                RevCommit parent = walk.parseCommit(commit.getParent(0));
                // Most commits register versions, and leave all of environments alone.
                ObjectId aboveBefore = contentAt(walk, parent, top);
                if (!aboveBefore.equals(above) && !contentAt(walk, parent, path).equals(content)) {
                    return remember(known, newest, path, Optional.of(commit.name()));
                }
                above = aboveBefore;
                commit = parent;
            }
        }
    }

    private static <T> T remember(Map<Key, T> answers, RevCommit newest, String path, T answer) {
        if (answers.size() >= REMEMBERED) {
            answers.clear();
        }
        answers.put(new Key(newest.name(), path), answer);
        return answer;
    }

    /** A symbolic link and a submodule are nothing, also where a link has the very text that the file had. */
    private static ObjectId contentAt(RevWalk walk, RevCommit commit, String path) throws IOException {
        try (TreeWalk found = TreeWalk.forPath(walk.getObjectReader(), path, commit.getTree())) {
            return found == null
                            || FileMode.SYMLINK.equals(found.getFileMode(0))
                            || FileMode.GITLINK.equals(found.getFileMode(0))
                    ? ObjectId.zeroId()
                    : found.getObjectId(0);
        }
    }

    private record Key(String commit, String path) {}
}
