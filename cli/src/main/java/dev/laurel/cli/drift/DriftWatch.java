package dev.laurel.cli.drift;

import dev.laurel.cli.output.Errors;
import dev.laurel.definition.Definition;
import dev.laurel.drift.DriftOutcome;
import dev.laurel.model.Digest;
import dev.laurel.model.ModelName;
import dev.laurel.registry.Registry;
import dev.laurel.server.PredictionServer;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.Set;

/** Acts on the drift of what the server of this process is asked: once for each version, since the day after it drifts all the same. */
public final class DriftWatch {
    private final Registry registry;
    private final PredictionServer server;
    private final DriftAction action;
    private final PrintWriter err;
    private final Set<Digest> acted = new HashSet<>();

    public DriftWatch(Registry registry, PredictionServer server, DriftAction action, PrintWriter err) {
        this.registry = registry;
        this.server = server;
        this.action = action;
        this.err = err;
    }

    public void look() {
        for (ModelName model : registry.head().models()) {
            try {
                look(model);
            } catch (RuntimeException e) {
                // Which of them it was has to be said: the others are looked at all the same.
                Errors.report(e, model + ": ", err, false);
            }
        }
    }

    private void look(ModelName model) {
        Definition definition = registry.head().definition(model);
        if (definition.onDrift() != null) {
            server.driftOfDay(model)
                    .filter(measured -> measured.report().drift().outcome() instanceof DriftOutcome.Drifted)
                    .filter(measured -> acted.add(measured.report().digest()))
                    .ifPresent(measured -> action.act(measured.report(), measured.shares()));
        }
    }
}
