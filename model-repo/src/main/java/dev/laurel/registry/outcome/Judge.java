package dev.laurel.registry.outcome;

import dev.laurel.definition.Definition;
import dev.laurel.model.Decision;
import dev.laurel.model.Pin;
import org.jspecify.annotations.Nullable;

/** Judges a challenger against the champion of the moment, by the rules of the moment; called again when either changed in between. */
@FunctionalInterface
public interface Judge {
    /**
     * @param champion the pin that stands now; null where none does
     * @param rules the definition that stands now, whose gate decides
     */
    Judgement judge(@Nullable Pin champion, Definition rules);

    /** The verdict and the numbers that go into the pin. */
    record Judgement(Decision decision, Pin.Evidence evidence) {}
}
