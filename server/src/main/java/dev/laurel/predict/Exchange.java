package dev.laurel.predict;

import dev.laurel.follow.LoadedModel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A request for predictions that a version was asked, and what came of it: the one event that those who observe are told.
 *
 * @param took from the whole body to the answer, which is not yet written
 * @param answered absent unless that is the outcome
 */
public record Exchange(
        LoadedModel model,
        LiveRole role,
        Outcome outcome,
        Duration took,
        @Nullable Answered answered) {}
