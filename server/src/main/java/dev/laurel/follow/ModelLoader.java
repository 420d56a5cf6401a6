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
import dev.laurel.registry.outcome.RegistryException;
import dev.laurel.task.Task;
import dev.laurel.trace.Span;
import dev.laurel.trace.Tracing;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;

/** Loads the version that a pin names: fetch by digest, verify, decode, smoke-predict, warm up. Nothing else comes to be served. */
final class ModelLoader {
    /**
     * Enough for the first requests not to be ten times slower than the later ones; some tens of milliseconds. The first model of a trainer
     * warms the code of all of them.
     */
    private static final int WARM_UP_ROUNDS = 40;

    /** More would hold more files in memory at once, and wait for the same disk. */
    private static final int MOST_AT_ONCE = 4;

    private final ModelBytes bytes;
    private final Clock clock;
    private final Tracing tracing;
    private final Set<Class<?>> warm = ConcurrentHashMap.newKeySet();

    ModelLoader(ModelBytes bytes, Clock clock, Tracing tracing) {
        this.bytes = bytes;
        this.clock = clock;
        this.tracing = tracing;
    }

    /**
     * Loads several versions side by side.
     *
     * @param loaded told of each in the order of the models, by the caller's thread, as soon as those before it are there
     */
    void load(Pins.Look now, SortedMap<ModelName, Pin> pins, BiConsumer<ModelName, LoadOutcome> loaded) {
        int processors = Math.min(MOST_AT_ONCE, Runtime.getRuntime().availableProcessors());
        if (pins.size() <= 1 || processors == 1) {
            pins.forEach((model, pin) -> loaded.accept(model, load(now, model, pin)));
            return;
        }
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(processors, pins.size()), task -> {
            Thread thread = new Thread(task, "loader");
            thread.setDaemon(true);
            return thread;
        });
        try {
            SortedMap<ModelName, CompletableFuture<LoadOutcome>> loads = new TreeMap<>();
            pins.forEach((model, pin) ->
                    loads.put(model, CompletableFuture.supplyAsync(() -> load(now, model, pin), threads)));
            loads.forEach((model, load) -> loaded.accept(model, load.join()));
        } finally {
            threads.shutdown();
        }
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
            int rounds = warm.add(file.definition().trainer().getClass()) ? WARM_UP_ROUNDS : 1;
            tryOut(predictor, file.signature().task(), vectors(file), rounds);
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

    private static void tryOut(Predictor predictor, Task task, List<double[]> vectors, int rounds) {
        for (int round = 0; round < rounds; round++) {
            for (double[] vector : vectors) {
                task.expectScores(predictor.scores(vector));
            }
        }
    }
}
