package dev.laurel.cli.flow;

import dev.laurel.model.Default;
import dev.laurel.model.Expect;
import dev.laurel.model.Says;
import dev.laurel.model.Within;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** A flow as its file has it. */
@Says("Commands of laurel that are run one after another: flow.yaml of `laurel run`.")
record Flow(
        @Says("The name of the flow, for its report.") String flow,

        @Says("What it is for, in a sentence.") @Nullable String description,

        @Says(
                "Files by a name of small letters, which a step has as ${name}: a path whose last part may have * and ?. Of several files it is the last by name, so that new data needs no edit.")
        @Nullable
        SortedMap<String, String> files,

        @Says("What is done, in this order. The first one that fails ends the flow.")
        List<Step> steps) {

    static final int MOST_RETRIES = 20;
    static final int LONGEST_WAIT = 3600;
    static final int HIGHEST_CODE = 255;
    private static final String NAME = "[a-z][a-z0-9-]{0,38}";

    Flow {
        Expect.notBlank("flow", flow);
        Expect.notEmpty("steps", steps);
        steps = List.copyOf(steps);
        Set<String> names = new HashSet<>();
        for (int i = 0; i < steps.size(); i++) {
            String name = steps.get(i).name();
            Expect.that(names.add(name), "steps[" + i + "].name", name, "each name once");
        }
        if (files != null) {
            files.keySet().forEach(name -> Expect.that(name.matches(NAME), "files", name, "a name such as rows"));
        }
    }

    @Says("One command.")
    record Step(
            @Says("Its name, for the report.") String name,

            @Says(
                    "The command without `laurel`, as on a command line: quotes keep words together, ${NAME} is a variable of the environment, ${name} one of the files.")
            String run,

            @Says("How often it is tried again after exit code 1. Whatever laurel does can be done again.")
            @Within(from = 0, to = MOST_RETRIES)
            @Default("0")
            int retries,

            @Says("Seconds before the first new try; before each further one twice as many, an hour at most.")
            @Within(from = 0, to = LONGEST_WAIT)
            @Default("10")
            int waitSeconds,

            @Says(
                    "Exit codes beside 0 after which the flow goes on, such as 3 of drift. They are in the report, and are no failure.")
            @Within(from = 1, to = HIGHEST_CODE)
            @Nullable
            List<Integer> accept) {
        Step {
            Expect.that(name.matches(NAME), "name", name, "small letters, digits and dashes, a letter first");
            Expect.notBlank("run", run);
            Expect.range("retries", retries, 0, MOST_RETRIES);
            Expect.range("wait_seconds", waitSeconds, 0, LONGEST_WAIT);
            accept = accept == null ? List.of() : List.copyOf(accept);
            accept.forEach(code -> Expect.range("accept", code, 1, HIGHEST_CODE));
        }

        boolean goesOnAfter(int exit) {
            return exit == 0 || (accept != null && accept.contains(exit));
        }

        /** @param retry from 1 */
        long waitBefore(int retry) {
            return Math.min(LONGEST_WAIT, (long) waitSeconds << Math.min(retry - 1, MOST_RETRIES));
        }
    }
}
