package dev.laurel.judge;

import dev.laurel.evaluation.Metrics;
import dev.laurel.model.Decision;
import dev.laurel.model.Environment;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import org.jspecify.annotations.Nullable;

/**
 * What the gate says about one pin.
 *
 * @param from the champion that stands; absent where none does
 * @param to the version that takes its place; absent where the pin is removed
 * @param challenger how {@code to} did on the kept evaluation rows; absent where it was not measured: a move back to an earlier
 *     champion is verified, not judged, and what cannot be trusted is not measured
 * @param diff the two versions side by side; absent where there are no two, or one of them cannot be read
 */
public record PinVerdict(
        Environment environment,
        ModelName model,
        @Nullable Version from,
        @Nullable Version to,
        Decision decision,
        @Nullable Metrics challenger,
        @Nullable VersionDiff diff) {}
