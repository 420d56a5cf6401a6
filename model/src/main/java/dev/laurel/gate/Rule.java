package dev.laurel.gate;

import dev.laurel.model.Metric;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One more thing that a gate asks of a challenger. A new kind is a record in this package, its name in this list and in that of {@code
 * dev.laurel.yaml.Kinds}.
 */
public sealed interface Rule permits BeatsNaive, FileSize, GainShare, Groups, NotWorse, Sure, Time {

    /** Whether it asks about the champion; where none stands, it is not asked. */
    default boolean isOfBoth() {
        return true;
    }

    /** Whether the time of an answer has to be measured for it. */
    default boolean asksForTime() {
        return false;
    }

    /** The column of words whose groups it looks at. */
    default Optional<String> column() {
        return Optional.empty();
    }

    /** The metric that it compares by, where that is not the gate's. */
    default @Nullable Metric compared() {
        return null;
    }

    RuleFinding judge(Contest contest);
}
