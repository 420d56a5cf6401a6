package dev.laurel.registry.view;

import dev.laurel.model.Environment;
import dev.laurel.model.ModelName;
import dev.laurel.model.Pin;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pin that a proposed change moves.
 *
 * @param before the pin at the base; absent where none stands
 * @param after the pin at the head; absent where it is removed
 * @param earlier whether {@code after} brings an earlier champion of the environment back, which is verified and never judged: by the
 *     very pin that stood before, or by a person's
 * @param problems that the pin has by the rules at the base
 */
public record PinMove(
        Environment environment,
        ModelName model,
        @Nullable Pin before,
        @Nullable Pin after,
        boolean earlier,
        List<String> problems) {
    public PinMove {
        problems = List.copyOf(problems);
    }
}
