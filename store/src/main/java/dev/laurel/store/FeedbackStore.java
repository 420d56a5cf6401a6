package dev.laurel.store;

import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where answers wait for what turns out to be true. Safe for several threads. What cannot be kept or read now is a {@link
 * FeedbackUnavailableException}.
 */
public interface FeedbackStore extends AutoCloseable {
    /** Truths of a model that count, the newest ones. */
    int WINDOW = 10_000;

    /** For people. */
    String described();

    /** Whether all servers of an environment have it in common, so that each of them knows all. */
    boolean isShared();

    /**
     * Behind answers, all or none: what was kept already is the same when it is kept again.
     *
     * @throws FeedbackUnavailableException when they may be kept later
     */
    void keep(List<GivenAnswer> answers);

    /** Keeps truths for good, all or none. @return an outcome for each, in their order */
    List<TellOutcome> tell(List<Truth> truths);

    /** How each version did in each role, in the order of versions. */
    List<Score> scores(ModelName model);

    /** Of the newest answers, in the order of versions; a version of which none waits is not there. */
    List<Waiting> waiting(ModelName model);

    /** @param challenger null where nothing is tried */
    LiveScores live(ModelName model, Version champion, @Nullable Version challenger);

    @Override
    void close();
}
