package dev.laurel.git.serve;

import dev.laurel.git.Commit;
import java.io.IOException;
import java.util.List;

/** Decides whether a push may move {@code main}. */
@FunctionalInterface
public interface PushCheck {
    /**
     * @param before where main stands
     * @param after where it would stand: a descendant
     * @return what is wrong, one line each, the most telling first; empty to accept
     */
    List<String> problems(Commit before, Commit after) throws IOException;
}
