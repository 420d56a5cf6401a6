package dev.laurel.registry.history;

import dev.laurel.model.Expect;
import dev.laurel.model.ModelName;

/**
 * {@code released.yaml} beside a pin: ends one hold.
 *
 * @param commit the change that the pin is held for
 */
public record Release(ModelName model, String commit) {
    public Release {
        Expect.that(commit.matches("[0-9a-f]{40}"), "commit", commit, "40 hexadecimal digits in lower case");
    }
}
