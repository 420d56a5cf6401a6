package dev.laurel.predict;

import java.util.List;

/**
 * What a request is answered from.
 *
 * @param warnings what is odd about it, and no reason not to answer
 */
public record Inputs(List<Input> inputs, List<String> warnings) {
    public Inputs {
        inputs = List.copyOf(inputs);
        warnings = List.copyOf(warnings);
    }
}
