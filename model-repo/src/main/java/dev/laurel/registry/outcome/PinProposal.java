package dev.laurel.registry.outcome;

import dev.laurel.model.Environment;
import dev.laurel.model.ModelName;
import dev.laurel.model.Pin;
import dev.laurel.model.Version;

/**
 * The move of a pin that waits on a branch of its own for a person to merge it.
 *
 * @param pin as it would be
 * @param commit the newest one of the branch
 * @param current whether it moves the champion that stands now, by the gate of now where it was automation that judged, and touches
 *     nothing besides; else it has to be made anew
 */
public record PinProposal(Environment environment, Pin pin, String commit, boolean current) {
    /** What the branches of all proposals begin with. */
    public static final String ALL = "promote/";

    public ModelName model() {
        return pin.model();
    }

    public Version version() {
        return pin.version();
    }

    /** Such as {@code promote/production/spy-direction/v7}. */
    public String branch() {
        return branches(environment, model()) + version();
    }

    /** What the branches of all proposals for one pin begin with. */
    public static String branches(Environment environment, ModelName model) {
        return ALL + "%s/%s/".formatted(environment, model);
    }
}
