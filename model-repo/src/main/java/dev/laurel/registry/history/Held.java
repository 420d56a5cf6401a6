package dev.laurel.registry.history;

import dev.laurel.model.Expect;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;

/**
 * {@code held.yaml} beside a pin: automation leaves it alone for as long as it names that version, or until the hold is released.
 *
 * @param report the folder of the report that says why
 */
public record Held(ModelName model, Version version, String reason, String report) {
    public Held {
        Expect.notBlank("reason", reason);
        Expect.notBlank("report", report);
    }
}
