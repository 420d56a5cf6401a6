package dev.laurel.run;

import dev.laurel.model.Digest;
import dev.laurel.model.ModelName;
import dev.laurel.model.Pin;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the runs of this process were made from. Of those that were rejected and not registered the models repository knows nothing: how far
 * they have come, so that the next one goes on, and what the last one was, so that it is not made again.
 */
final class LastRuns {
    private final Map<ModelName, Last> last = new ConcurrentHashMap<>();

    /** @param champion that it was judged against */
    private record Last(
            @Nullable String clock,
            Digest rows,
            Digest definition,
            @Nullable Pin champion) {}

    void remember(ModelName model, RunRows rows, Digest definition, @Nullable Pin champion) {
        last.put(model, new Last(rows.clock(), rows.digest(), definition, champion));
    }

    boolean isRemembered(ModelName model) {
        return last.containsKey(model);
    }

    /** The clock of the last run; null where rows have no keys. */
    @Nullable
    String clock(ModelName model) {
        Last of = last.get(model);
        return of == null ? null : of.clock();
    }

    /** Whether a run of these would come to the same end as the last one. */
    boolean isMadeFrom(ModelName model, RunRows rows, Digest definition, @Nullable Pin champion) {
        Last of = last.get(model);
        return of != null
                && of.rows().equals(rows.digest())
                && of.definition().equals(definition)
                && Objects.equals(of.champion(), champion);
    }
}
