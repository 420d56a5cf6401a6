package dev.laurel.run;

import dev.laurel.model.Digest;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of training a version again.
 *
 * @param recorded the digest of its model file
 * @param made the digest of the model file that the training made; absent where nothing could be trained
 * @param reasons why the two differ, as far as anything tells; none where they are the same
 */
public record Reproduction(
        ModelName model,
        Version version,
        Digest recorded,
        @Nullable Digest made,
        List<String> reasons) {
    public Reproduction {
        reasons = List.copyOf(reasons);
    }

    public boolean isSame() {
        return recorded.equals(made);
    }
}
