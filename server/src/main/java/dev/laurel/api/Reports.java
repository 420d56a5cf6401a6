package dev.laurel.api;

import dev.laurel.evaluation.Report;
import dev.laurel.model.ModelName;
import dev.laurel.model.Pin;
import dev.laurel.registry.view.Revision;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The reports of the versions that answer. That of a version never changes, so it is read once; one that could not be read is tried again
 * after a while, since pages ask every few seconds.
 */
final class Reports {
    private static final Logger LOG = LoggerFactory.getLogger(Reports.class);
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final Clock clock;
    private final Map<ModelName, Read> known = new ConcurrentHashMap<>();

    private record Read(Pin pin, Optional<Report> report, Instant at) {}

    Reports(Clock clock) {
        this.clock = clock;
    }

    /** Empty where the version has none, or it cannot be read at the moment. */
    Optional<Report> of(Revision revision, Pin pin) {
        Read read = known.compute(
                pin.model(), (model, before) -> before != null && holds(before, pin) ? before : read(revision, pin));
        return read.report();
    }

    private boolean holds(Read before, Pin pin) {
        return before.pin().namesSameVersionAs(pin)
                && (before.report().isPresent()
                        || clock.instant().isBefore(before.at().plus(PAUSE)));
    }

    private Read read(Revision revision, Pin pin) {
        try {
            return new Read(pin, Optional.of(revision.report(pin.model(), pin.version())), clock.instant());
        } catch (RuntimeException e) {
            // The model answers all the same; what is missing is a table on a page.
            LOG.debug("No report of {} {}", pin.model(), pin.version(), e);
            return new Read(pin, Optional.empty(), clock.instant());
        }
    }
}
