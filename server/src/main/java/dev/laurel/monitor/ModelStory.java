package dev.laurel.monitor;

import dev.laurel.evaluation.Report;
import dev.laurel.model.Environment;
import dev.laurel.model.ModelName;
import dev.laurel.model.Pin;
import dev.laurel.registry.outcome.RegistryException;
import dev.laurel.registry.view.Event;
import dev.laurel.registry.view.Origin;
import dev.laurel.registry.view.PinChange;
import dev.laurel.registry.view.PinChange.Direction;
import dev.laurel.registry.view.Revision;
import dev.laurel.yaml.InvalidDocumentException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * What one commit of the models repository says of a model in an environment.
 *
 * @param moved the newest change of the pin that is not a rewording
 * @param held since when automation leaves the pin alone
 * @param challenged since when the version that is tried beside the champion is
 * @param registered when the newest version was registered
 * @param report of the version that is pinned
 */
record ModelStory(
        Optional<Pin> pin,
        Optional<PinChange> moved,
        Optional<Instant> held,
        Optional<Instant> challenged,
        Optional<Instant> registered,
        Optional<Report> report) {
    /** Rewordings in between are passed over; who rewords more often is not followed any further. */
    private static final int CHANGES = 10;
    /** A challenger that was pinned more events ago than these has none, as one whose history was rewritten. */
    private static final int EVENTS = 200;

    /** @param at the revision of a commit */
    static ModelStory read(Revision revision, Function<String, Revision> at, Environment environment, ModelName model) {
        Optional<Pin> pin = revision.pin(environment, model);
        return new ModelStory(
                pin,
                revision.changes(environment, model, CHANGES).stream()
                        .filter(change -> change.direction() != Direction.REWORDED)
                        .findFirst(),
                revision.hold(environment, model)
                        .map(hold -> at.apply(hold.commit()).origin().time()),
                challenged(revision, environment, model),
                revision.newest(model)
                        .map(version -> revision.registration(model, version).time()),
                pin.flatMap(pinned -> report(revision, pinned)));
    }

    private static Optional<Instant> challenged(Revision revision, Environment environment, ModelName model) {
        return revision.challenger(environment, model).isEmpty()
                ? Optional.empty()
                : revision.events(model, environment, EVENTS).stream()
                        .filter(event -> event instanceof Event.ChallengerMoved moved
                                && moved.change().direction() != Direction.REWORDED)
                        .findFirst()
                        .map(Event::origin)
                        .map(Origin::time);
    }

    /** Empty where the pin names a version that has none, or that is not there any more. */
    private static Optional<Report> report(Revision revision, Pin pin) {
        try {
            return Optional.of(revision.report(pin.model(), pin.version()));
        } catch (RegistryException | InvalidDocumentException e) {
            return Optional.empty();
        }
    }
}
