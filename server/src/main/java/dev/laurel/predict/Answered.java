package dev.laurel.predict;

import dev.laurel.follow.LoadedModel;
import dev.laurel.task.Answer;
import java.util.List;

/**
 * A request that was answered: what protocols show, and what is observed.
 *
 * @param role as what the version answered
 * @param answers one for each input, in their order
 */
public record Answered(
        LoadedModel model,
        LiveRole role,
        Threshold threshold,
        List<Input> inputs,
        List<Answer> answers,
        List<String> warnings) {
    public Answered {
        inputs = List.copyOf(inputs);
        answers = List.copyOf(answers);
        warnings = List.copyOf(warnings);
    }
}
