package dev.laurel.registry;

import dev.laurel.model.Decision;
import dev.laurel.model.Pin;
import org.jspecify.annotations.Nullable;

/** Judges a challenger against the champion of the moment; called again when another champion came in between. */
@FunctionalInterface
public interface Judge {
    /** @param champion the pin that stands now; null where none does */
    Judgement judge(@Nullable Pin champion);

    /** The verdict and the numbers that go into the pin. */
    record Judgement(Decision decision, Pin.Evidence evidence) {}
}
