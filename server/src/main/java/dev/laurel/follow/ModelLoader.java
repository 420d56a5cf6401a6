package dev.laurel.follow;

import dev.laurel.bytes.ModelBytes;
import dev.laurel.drift.Profile.Distribution;
import dev.laurel.follow.LoadOutcome.Loaded;
import dev.laurel.follow.LoadOutcome.Refused;
import dev.laurel.follow.LoadOutcome.Unreachable;
import dev.laurel.model.Expect;
import dev.laurel.model.ModelName;
import dev.laurel.model.Pin;
import dev.laurel.model.VersionRecord;
import dev.laurel.predictor.ModelFile;
import dev.laurel.predictor.Predictor;
import dev.laurel.program.Reason;
import dev.laurel.registry.RegistryException;
import dev.laurel.task.Task;
import dev.laurel.trace.Span;
import dev.laurel.trace.Tracing;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Loads the version that a pin names: fetch by digest, verify, decode, smoke-predict, warm up. Nothing else comes to be served. */
final class ModelLoader {
    /** Enough for the first requests not to be ten times slower than the later ones; some tens of milliseconds. */
    private static final int WARM_UP_ROUNDS = 40;

    private final ModelBytes bytes;
    private final Clock clock;
    private final Tracing tracing;

    ModelLoader(ModelBytes bytes, Clock clock, Tracing tracing) {
        this.bytes = bytes;
        this.clock = clock;
        this.tracing = tracing;
    }

    LoadOutcome load(Pins.Look now, ModelName model, Pin pin) {
        try (Span span = tracing.root("load", null)) {
            span.attribute("laurel.model", model.value());
            span.attribute("laurel.version", pin.version().toString());
            LoadOutcome outcome = outcome(now, model, pin);
            if (!(outcome instanceof Loaded)) {
                span.failed(outcome.getClass().getSimpleName());
            }
            return outcome;
        }
    }

    private LoadOutcome outcome(Pins.Look now, ModelName model, Pin pin) {
        long start = System.nanoTime();
        try {
            VersionRecord.Content content = now.modelFile(model, pin);
            ModelFile file = ModelFile.decode(bytes.fetch(content.digest(), content.size()));
            Expect.that(
                    file.definition().model().equals(model),
                    "model in the model file",
                    file.definition().model(),
                    model.toString());
            Predictor predictor = Predictor.decode(file);
            tryOut(predictor, file.signature().task(), vectors(file));
            Duration loading = Duration.ofNanos(System.nanoTime() - start);
            return new Loaded(LoadedModel.of(pin, file, predictor, clock.instant(), loading));
        } catch (RegistryException e) {
            return e.isOutage() ? new Unreachable(Reason.of(e)) : new Refused(Reason.of(e));
        } catch (RuntimeException | VirtualMachineError | LinkageError e) {
            // A file may also be too large or too deep for this machine, or need a class that is not here: a reason
            // like any other.
            return new Refused(Reason.of(e));
        }
    }

    /** Vectors from the lowest to the highest values that training saw. */
    private static List<double[]> vectors(ModelFile file) {
        List<String> features = file.signature().features();
        List<Distribution> profile = file.profile().features();
        List<String> profiled = profile.stream().map(Distribution::feature).toList();
        Expect.that(profiled.equals(features), "features in the profile", profiled, features.toString());
        List<double[]> vectors = new ArrayList<>();
        for (int decile = 0; decile <= 10; decile++) {
            int at = decile;
            vectors.add(profile.stream()
                    .mapToDouble(feature -> feature.deciles().get(at))
                    .toArray());
        }
        return vectors;
    }

    private static void tryOut(Predictor predictor, Task task, List<double[]> vectors) {
        for (int round = 0; round < WARM_UP_ROUNDS; round++) {
            for (double[] vector : vectors) {
                task.expectScores(predictor.scores(vector));
            }
        }
    }
}
