package dev.laurel.cli.drift;

import dev.laurel.card.DriftPage;
import dev.laurel.cli.common.Authors;
import dev.laurel.cli.train.RunResult;
import dev.laurel.definition.OnDrift;
import dev.laurel.drift.DriftOutcome;
import dev.laurel.drift.DriftReport;
import dev.laurel.drift.Shares;
import dev.laurel.model.Environment;
import dev.laurel.model.ModelName;
import dev.laurel.registry.Registry;
import dev.laurel.registry.outcome.KeptDrift;
import dev.laurel.registry.outcome.RegistryException;
import dev.laurel.run.RunOutcome;
import dev.laurel.run.TrainingRun;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Does what a model's definition says about drift: {@code on_drift}. Each is a commit with the report. */
public final class DriftAction {
    private final Registry registry;
    private final Environment environment;
    private final Supplier<TrainingRun> runs;
    private final Consumer<String> tell;

    /** @param runs for definitions that train */
    public DriftAction(Registry registry, Environment environment, Supplier<TrainingRun> runs, Consumer<String> tell) {
        this.registry = registry;
        this.environment = environment;
        this.runs = runs;
        this.tell = tell;
    }

    /** Nothing where no drift was found, or the definition says nothing about it. */
    void act(DriftReport report, Shares shares) {
        ModelName model = report.model();
        if (!(report.drift().outcome() instanceof DriftOutcome.Drifted)) {
            return;
        }
        @Nullable OnDrift action = registry.head().definition(model).onDrift();
        if (action == null) {
            tell.accept("%s: its definition says nothing of on_drift, so that nothing is done".formatted(model));
            return;
        }
        DriftPage page = new DriftPage(report, shares);
        KeptDrift kept = action == OnDrift.HOLD
                ? registry.holdForDrift(
                        environment, model, report.version(), page.files(), report.summary(), Authors.automation())
                : registry.keepDrift(model, report.version(), page.files(), report.summary(), Authors.automation());
        if (kept.commit() == null) {
            // The same rows drift again each time that they are looked at.
            tell.accept("%s: acted on already".formatted(kept.folder()));
            return;
        }
        tell.accept("%s: kept, commit %.10s".formatted(kept.folder(), kept.commit()));
        switch (action) {
            case RETRAIN -> expectRun(model, runs.get().run(model));
            case PROPOSE -> expectRun(model, runs.get().propose(model));
            case HOLD ->
                tell.accept("%s in %s: held; 'laurel release %s' ends it".formatted(model, environment, model));
        }
    }

    private void expectRun(ModelName model, RunOutcome outcome) {
        @Nullable String reason = RunResult.of(outcome).reason();
        if (outcome instanceof RunOutcome.Skipped) {
            throw new RegistryException(
                    "%s: drift was found and training could not be done: %s".formatted(model, reason));
        }
        if (reason != null) {
            tell.accept("%s: %s".formatted(model, reason));
        }
    }
}
