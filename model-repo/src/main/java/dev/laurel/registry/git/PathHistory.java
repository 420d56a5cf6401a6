package dev.laurel.registry.git;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * Finds the commits that changed a path, along first parents. An answer holds for ever, so it is remembered: the next question, asked
 * at a newer commit, walks back only to where the one before began.
 */
final class PathHistory {
    private static final int REMEMBERED = 10_000;

    private final Repository repository;
    private final Map<Key, Optional<String>> known = new ConcurrentHashMap<>();

    PathHistory(Repository repository) {
        this.repository = repository;
    }

    Optional<String> lastChange(RevCommit newest, String path) throws IOException {
        Optional<String> answer = walk(newest, path);
        if (known.size() >= REMEMBERED) {
            known.clear();
        }
        known.put(new Key(newest.name(), path), answer);
        return answer;
    }

    private Optional<String> walk(RevCommit newest, String path) throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            RevCommit commit = walk.parseCommit(newest);
            ObjectId content = contentAt(walk, commit, path);
            while (true) {
                Optional<String> answer = known.get(new Key(commit.name(), path));
                if (answer != null) {
                    return answer;
                }
                if (commit.getParentCount() == 0) {
                    return content.equals(ObjectId.zeroId()) ? Optional.empty() : Optional.of(commit.name());
                }
                RevCommit parent = walk.parseCommit(commit.getParent(0));
                ObjectId before = contentAt(walk, parent, path);
                if (!before.equals(content)) {
                    return Optional.of(commit.name());
                }
                commit = parent;
            }
        }
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
