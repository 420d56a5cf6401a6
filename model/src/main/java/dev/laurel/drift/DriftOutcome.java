package dev.laurel.drift;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of a look for drift. */
public sealed interface DriftOutcome {
    /** For people, in a sentence without its end. */
    String described();

    /** @param columns names of those that drifted, of which there is at least one */
    record Drifted(List<String> columns) implements DriftOutcome {
        public Drifted {
            columns = List.copyOf(columns);
        }

        @Override
        public String described() {
            return "drift: " + String.join(", ", columns);
        }
    }

    /** Nothing that matters, and it would have been seen. */
    record Steady() implements DriftOutcome {
        @Override
        public String described() {
            return "no drift";
        }
    }

    /**
     * Nothing was found, and with so few rows that says nothing.
     *
     * @param needed how many would say something; absent where the profile itself has too few
     */
    record TooFewRows(long rows, @Nullable Long needed) implements DriftOutcome {
        @Override
        public String described() {
            return needed == null
                    ? "too few rows in the profile of the training rows to tell"
                    : "too few rows to tell: %s (expected: %s or more)".formatted(rows, needed);
        }
    }
}
