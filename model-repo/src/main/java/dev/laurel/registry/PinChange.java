package dev.laurel.registry;

import dev.laurel.git.Commit;
import dev.laurel.model.Pin;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A commit on first-parent {@code main} that changed a pin; the pin before and after it, absent where there was none.
 *
 * @param merge whether it has more than one parent, as the merge of a pull request has
 */
public record PinChange(
        String commit,
        Author author,
        Instant time,
        String subject,
        boolean merge,
        @Nullable Pin before,
        @Nullable Pin after) {

    static PinChange of(Commit commit, @Nullable Pin before, @Nullable Pin after) {
        Origin origin = Origin.of(commit);
        return new PinChange(
                origin.commit(), origin.author(), origin.time(), origin.subject(), commit.isMerge(), before, after);
    }

    /** Which way the pin went. */
    public enum Direction {
        RAISED,
        LOWERED,
        REMOVED,
        /** Another text for the same version. */
        REWORDED
    }

    public Direction direction() {
        if (after == null) {
            return Direction.REMOVED;
        }
        int step = before == null ? 1 : after.version().compareTo(before.version());
        return step > 0 ? Direction.RAISED : step < 0 ? Direction.LOWERED : Direction.REWORDED;
    }

    /** The command of Git that undoes it on top of main. Of a merge that takes the parent whose side is right: main as it was. */
    public String revert() {
        return "git revert --no-edit %s%s".formatted(merge ? "-m 1 " : "", commit);
    }

    /** The hold that follows from this change, while it is the newest one that is not a rewording. */
    Optional<Hold> hold() {
        return before != null && (after == null || after.version().compareTo(before.version()) < 0)
                ? Optional.of(new Hold(commit, before.version(), after == null ? null : after.version()))
                : Optional.empty();
    }
}
