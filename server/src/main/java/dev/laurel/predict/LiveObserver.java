package dev.laurel.predict;

import dev.laurel.follow.LoadedModel;
import dev.laurel.task.Answer;
import java.util.List;

/** Is told how champion and challenger do on live traffic; must be quick, and is called by many threads. */
public interface LiveObserver {
    /**
     * A version answered; a shadow does so behind the answer that the caller got.
     *
     * @param nanos the time it took to compute the features and the answers
     */
    void answered(LiveRole role, LoadedModel model, List<Answer> answers, long nanos);

    /** A version could not answer what it should have. */
    void failed(LiveRole role, LoadedModel model);

    /** Both answered the same request, row by row. */
    void compared(LoadedModel champion, LoadedModel challenger, List<Answer> champions, List<Answer> challengers);

    /** A request was not answered once more, since too many others waited for that. */
    void dropped(LoadedModel challenger);
}
