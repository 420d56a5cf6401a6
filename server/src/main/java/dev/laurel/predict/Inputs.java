package dev.laurel.predict;

import dev.laurel.follow.LoadedModel;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a request is answered from.
 *
 * @param warnings what is odd about it, and no reason not to answer
 * @param nanos the time it took to make them
 * @param again the same for another version of the model; empty where it takes other inputs
 */
public record Inputs(
        List<Input> inputs, List<String> warnings, long nanos, Function<LoadedModel, Optional<Inputs>> again) {
    public Inputs {
        inputs = List.copyOf(inputs);
        warnings = List.copyOf(warnings);
    }
}
