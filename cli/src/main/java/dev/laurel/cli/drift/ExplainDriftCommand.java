package dev.laurel.cli.drift;

import dev.laurel.cli.common.CommonOptions;
import dev.laurel.cli.common.EnvironmentOption;
import dev.laurel.cli.common.ModelAndVersion;
import dev.laurel.cli.output.Output;
import dev.laurel.cli.predict.BatchInput;
import dev.laurel.cli.predict.BatchModel;
import dev.laurel.cli.predict.BatchOptions;
import dev.laurel.cli.predict.RowsOption;
import dev.laurel.definition.Definition;
import dev.laurel.drift.Attribution;
import dev.laurel.feature.Feature;
import dev.laurel.feature.FittedFeatures;
import dev.laurel.feature.State;
import dev.laurel.model.Expect;
import dev.laurel.model.InvalidValueException;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import dev.laurel.model.VersionRecord;
import dev.laurel.registry.Registry;
import dev.laurel.registry.outcome.RegistryException;
import dev.laurel.source.RowBlock;
import dev.laurel.source.RowStream;
import dev.laurel.source.Shape;
import dev.laurel.source.TableCsv;
import dev.laurel.table.Table;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code laurel explain-drift}. */
@Command(
        name = "explain-drift",
        description = {
            "Names the features that changed the mean of a version's answers, from its training rows to other rows.",
            "",
            "Each training row becomes one of the other rows, a feature after the other in random order; a feature's part is what the answer"
                    + " changes with it, on average over 10,000 pairs of rows and orders. This is its Shapley value, as sampled by Štrumbelj and"
                    + " Kononenko (2014). The parts add up to the whole change. The training rows are those that were kept with the version."
        },
        footerHeading = "%nExample:%n",
        footer = "  laurel explain-drift iris --input rows.csv")
public final class ExplainDriftCommand implements Callable<Integer> {
    /** Rows of the input that pairs are drawn from. */
    private static final int MOST_ROWS = 100_000;

    private static final int SHOWN = 10;

    @ParentCommand
    private CommonOptions laurel = new CommonOptions();

    @Mixin
    private ModelAndVersion asked = new ModelAndVersion();

    @Mixin
    private EnvironmentOption environment = new EnvironmentOption();

    @Mixin
    private RowsOption input = new RowsOption();

    @Mixin
    private BatchOptions batch = new BatchOptions();

    @Mixin
    private Output output = new Output();

    /** @param answer what the mean is of: the probability of a label, or the value */
    record Explained(ModelName model, Version version, String answer, Attribution attribution) {}

    @Override
    public Integer call() throws IOException {
        try (Registry registry = laurel.openRegistry()) {
            BatchModel loaded =
                    BatchModel.load(registry, asked.model(registry.head()), asked.version(), environment.get());
            double[][] before = training(registry, loaded);
            double[][] after = rows(loaded);
            int place = place(loaded, before, after);
            Attribution attribution = Attribution.of(
                    inputs(loaded), before, after, vector -> loaded.predictor().scores(vector)[place]);
            String answer = loaded.file().signature().task().isOfLabels()
                    ? "probability of "
                            + loaded.file().signature().task().outputNames().get(place)
                    : "value";
            Explained explained = new Explained(loaded.name(), loaded.version(), answer, attribution);
            output.print(explained, text(explained));
            return CommandLine.ExitCode.OK;
        }
    }

    private static double[][] training(Registry registry, BatchModel loaded) {
        Definition definition = loaded.file().definition();
        VersionRecord.@Nullable Content data =
                registry.head().record(loaded.name(), loaded.version()).data();
        if (data == null) {
            throw new RegistryException(
                    "training rows of %s %s: not kept, as its definition asked for, so that there is nothing to compare with"
                            .formatted(loaded.name(), loaded.version()));
        }
        Table table = TableCsv.read(
                registry.fetch(data.digest(), data.size()), "rows of " + loaded.version(), Shape.of(definition));
        FittedFeatures features = loaded.file().features();
        Table filled = features.filled(table);
        return Arrays.stream(definition.sides(table).training())
                .mapToObj(row -> features.vector(filled, row))
                .toArray(double[][]::new);
    }

    /** The features of the input's rows; of very many, of some that are drawn. */
    private double[][] rows(BatchModel loaded) throws IOException {
        FittedFeatures features = loaded.file().features();
        List<double[]> vectors = new ArrayList<>();
        Random random = new Random(1);
        long seen = 0;
        try (BatchInput rows = batch.open(input.get());
                RowStream stream = rows.rows(loaded, batch.key())) {
            for (RowBlock block = stream.next(); block != null; block = stream.next()) {
                Table filled = features.filled(block.table());
                for (int row = block.first(); row < filled.rows(); row++) {
                    if (block.before(row) >= features.warmUp()) {
                        seen += take(features, filled, row, vectors, seen, random);
                    }
                }
            }
        } catch (EOFException | ZipException e) {
            throw BatchOptions.notGzip(input.get(), e);
        }
        Expect.that(
                !vectors.isEmpty(),
                "rows of " + BatchOptions.shown(input.get()),
                0,
                "at least one that can be answered");
        return vectors.toArray(double[][]::new);
    }

    /** Vitter, "Random sampling with a reservoir" (1985), algorithm R. */
    private static int take(
            FittedFeatures features, Table filled, int row, List<double[]> vectors, long seen, Random random) {
        try {
            double[] vector = features.vector(filled, row);
            if (vectors.size() < MOST_ROWS) {
                vectors.add(vector);
            } else {
                long place = (long) (random.nextDouble() * (seen + 1));
                if (place < MOST_ROWS) {
                    vectors.set((int) place, vector);
                }
            }
            return 1;
        } catch (InvalidValueException e) {
            // There is no answer for it that could have changed.
            return 0;
        }
    }

    /** The positive label of two; of more the one whose probability changed most. */
    private static int place(BatchModel loaded, double[][] before, double[][] after) {
        if (loaded.file().signature().task().outputs() <= 2) {
            return 0;
        }
        double[] was = mean(loaded, before);
        double[] is = mean(loaded, after);
        return IntStream.range(0, was.length)
                .boxed()
                .max((a, b) -> Double.compare(Math.abs(is[a] - was[a]), Math.abs(is[b] - was[b])))
                .orElse(0);
    }

    private static double[] mean(BatchModel loaded, double[][] vectors) {
        double[] mean = new double[loaded.file().signature().task().outputs()];
        for (double[] vector : vectors) {
            double[] scores = loaded.predictor().scores(vector);
            for (int i = 0; i < mean.length; i++) {
                mean[i] += scores[i] / vectors.length;
            }
        }
        return mean;
    }

    /** What a feature gives changes together. */
    private static Map<String, int[]> inputs(BatchModel loaded) {
        Map<String, int[]> inputs = new LinkedHashMap<>();
        int at = 0;
        for (Feature feature : loaded.file().definition().features()) {
            State state = loaded.file().fitted().features().getOrDefault(feature.name(), State.NONE);
            int outputs = feature.outputs(state).size();
            inputs.put(feature.name(), IntStream.range(at, at + outputs).toArray());
            at += outputs;
        }
        return inputs;
    }

    private static String text(Explained explained) {
        Attribution attribution = explained.attribution();
        StringJoiner text = new StringJoiner(System.lineSeparator());
        text.add(String.format(
                Locale.ROOT,
                "%s %s: mean %s %.4f in training, %.4f now",
                explained.model(),
                explained.version(),
                explained.answer(),
                attribution.before(),
                attribution.after()));
        int[] thousandths = thousandths(attribution.parts());
        for (int i = 0; i < Math.min(SHOWN, thousandths.length); i++) {
            Attribution.Part part = attribution.parts().get(i);
            text.add(String.format(
                    Locale.ROOT, "  %5.1f %%  %+.4f  %s", thousandths[i] / 10.0, part.change(), part.input()));
        }
        if (attribution.parts().size() > SHOWN) {
            text.add("  and %s more".formatted(attribution.parts().size() - SHOWN));
        }
        return text.toString();
    }

    /** Rounded so that they add up to what all shares add up to: by largest remainder, after Hamilton. */
    static int[] thousandths(List<Attribution.Part> parts) {
        double[] exact = parts.stream().mapToDouble(part -> 1000 * part.share()).toArray();
        int[] rounded = Arrays.stream(exact).mapToInt(share -> (int) share).toArray();
        int left = (int) Math.round(Arrays.stream(exact).sum())
                - Arrays.stream(rounded).sum();
        IntStream.range(0, exact.length)
                .boxed()
                .sorted(Comparator.comparingDouble(place -> rounded[place] - exact[place]))
                .limit(left)
                .forEach(place -> rounded[place]++);
        return rounded;
    }
}
