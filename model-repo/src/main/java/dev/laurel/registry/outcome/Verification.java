package dev.laurel.registry.outcome;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of verifying a models repository.
 *
 * @param commit the newest commit that was looked at
 * @param since the commit after which it began; absent when it was the whole history
 * @param commits looked at, along first parents
 * @param versions registered by them
 * @param pins written by them: one for each move of a pin that left a pin behind
 * @param bytes of model files and kept rows whose digests were taken
 * @param departed files without bytes, of versions that retention took out of the tree after {@code commit}: nobody needs them
 * @param faults in the order of their commits, those of missing and damaged bytes last
 */
public record Verification(
        String commit,
        @Nullable String since,
        int commits,
        int versions,
        int pins,
        long bytes,
        int departed,
        List<Fault> faults) {
    public Verification {
        faults = List.copyOf(faults);
    }

    /**
     * Something that is not as it has to be.
     *
     * @param commit that made it so
     */
    public record Fault(String file, String commit, String problem) {
        /** As people read it: {@code environments/production/spy-direction/champion.yaml@1f2e3d4c5b: beats: v4 (expected: v5)}. */
        @Override
        public String toString() {
            return "%s@%.10s: %s".formatted(file, commit, problem).replaceAll("\\p{Cntrl}", "?");
        }
    }

    /** Is told how far it is, since a long history takes its time. */
    @FunctionalInterface
    public interface Progress {
        /** @param what is counted, such as {@code commits} */
        void at(String what, int done, int total);
    }
}
