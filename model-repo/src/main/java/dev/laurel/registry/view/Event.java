package dev.laurel.registry.view;

import dev.laurel.model.Environment;
import dev.laurel.model.Version;

/** Something that happened to a model, by a commit on first-parent {@code main}. */
public sealed interface Event {
    Origin origin();

    /** A candidate became a version. */
    record Registered(Origin origin, Version version) implements Event {}

    /** A pin was moved. Where it went back or away, it is held from then on. */
    record PinMoved(Origin origin, Environment environment, PinChange change) implements Event {}

    /** The pin of a challenger was moved; another mode or share is a rewording. */
    record ChallengerMoved(Origin origin, Environment environment, PinChange change) implements Event {}

    /** The hold on a pin was ended. */
    record Released(Origin origin, Environment environment) implements Event {}

    /** A release was taken back: the pin is held again. */
    record HeldAgain(Origin origin, Environment environment) implements Event {}
}
