package dev.laurel.registry;

import dev.laurel.git.Commit;
import dev.laurel.model.InvalidValueException;
import java.time.Instant;

/**
 * Where something in the registry comes from: who committed it, when, and in which words. For people, never evidence.
 *
 * @param time when it was committed, in whole seconds
 * @param subject the first line of the message
 * @param note what stands below the subject, in one line; the subject where nothing does
 */
public record Origin(String commit, Author author, Instant time, String subject, String note) {
    static Origin of(Commit commit) {
        return new Origin(commit.id(), author(commit), commit.time(), commit.subject(), commit.note());
    }

    /** Git lets people be called what {@link Author} does not. */
    private static Author author(Commit commit) {
        try {
            return new Author(commit.authorName(), commit.authorEmail());
        } catch (InvalidValueException e) {
            return new Author("unknown", "unknown");
        }
    }
}
