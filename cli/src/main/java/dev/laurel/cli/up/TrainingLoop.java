package dev.laurel.cli.up;

import dev.laurel.cli.common.Authors;
import dev.laurel.cli.output.Errors;
import dev.laurel.cli.serve.Stop;
import dev.laurel.cli.train.RunResult;
import dev.laurel.model.Environment;
import dev.laurel.model.ModelName;
import dev.laurel.propose.PullRequests;
import dev.laurel.registry.Registry;
import dev.laurel.run.RunOutcome;
import dev.laurel.run.TrainingRun;
import dev.laurel.source.RowStore;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Trains every model of the registry, again and again; a run that fails is one line, and the next one comes all the same. */
final class TrainingLoop {
    private final Registry registry;
    private final TrainingRun run;
    private final Stop stop;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Ended ended;

    /** Told of each run that came to its end. */
    interface Ended {
        /** @param outcome as {@link RunResult} has it, or {@code failed} */
        void run(ModelName model, String outcome, boolean failed);
    }

    /** What main was when the run began. */
    private String base = "";

    /** Why there was nothing to do for a model: said once, not every time. */
    private final Map<ModelName, String> idle = new HashMap<>();

    TrainingLoop(
            Registry registry,
            RowStore rows,
            PullRequests pullRequests,
            Environment environment,
            Stop stop,
            PrintWriter out,
            PrintWriter err,
            Ended ended) {
        this.registry = registry;
        // One for all runs: of what the gate rejects it may be the only one that knows.
        this.run = new TrainingRun(
                registry, rows, pullRequests, environment, Authors.automation(), this::printUntilStopped);
        this.stop = stop;
        this.out = out;
        this.err = err;
        this.ended = ended;
    }

    /** That of all models, of which it may know what nobody else does. */
    TrainingRun run() {
        return run;
    }

    /** One run of each model. */
    void runAll() {
        for (ModelName model : registry.head().models()) {
            if (!stop.isAsked()) {
                run(model);
            }
        }
    }

    private void run(ModelName model) {
        try {
            base = registry.head().commit();
            RunOutcome outcome = run.run(model);
            RunResult result = RunResult.of(outcome);
            ended.run(model, result.outcome(), outcome instanceof RunOutcome.Skipped);
            @Nullable String reason = result.reason();
            // What was rejected has said so on the way.
            if (reason == null || outcome instanceof RunOutcome.Rejected) {
                idle.remove(model);
            } else if (!reason.equals(idle.put(model, reason))) {
                out.println(model + ": " + reason);
            }
        } catch (StoppedException e) {
            out.println("  stopped; nothing of this run is kept");
        } catch (RuntimeException e) {
            ended.run(model, "failed", true);
            // Which of them it was has to be said: the others are trained all the same.
            Errors.report(e, model + ": ", err, false);
        }
    }

    /** Prints, and ends a run between two steps when a stop is asked for, but not once it has written: its promotion belongs to it. */
    private void printUntilStopped(String line) {
        out.println(line);
        if (stop.isAsked() && registry.head().commit().equals(base)) {
            throw new StoppedException();
        }
    }

    private static final class StoppedException extends RuntimeException {}
}
