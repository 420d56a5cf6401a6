package dev.laurel.trainer;

import dev.laurel.definition.Schedule;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import dev.laurel.registry.outcome.RegistryException;
import dev.laurel.registry.view.Revision;
import dev.laurel.yaml.InvalidDocumentException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which models a scheduled run trains. */
final class Due {
    private Due() {}

    /** Those without a schedule, and those whose newest version is old enough. */
    static List<ModelName> models(Revision head, Instant now) {
        return head.models().stream().filter(model -> isDue(head, model, now)).toList();
    }

    private static boolean isDue(Revision head, ModelName model, Instant now) {
        try {
            @Nullable Schedule schedule = head.definition(model).schedule();
            Optional<Version> newest = head.newest(model);
            if (schedule == null || newest.isEmpty()) {
                return true;
            }
            Duration age = Duration.between(head.provenance(model, newest.get()).startedAt(), now);
            // No job begins in the same second each day: a run that comes a little early counts.
            Duration enough = schedule.every().minus(schedule.every().dividedBy(10));
            return age.compareTo(enough) >= 0;
        } catch (InvalidDocumentException | RegistryException e) {
            // Its run says what is wrong with it; the others are none the worse.
            return true;
        }
    }
}
