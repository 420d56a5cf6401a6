package dev.laurel.predict;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.definition.Definition;
import dev.laurel.drift.Profiles;
import dev.laurel.feature.FittedFeatures;
import dev.laurel.follow.LoadedModel;
import dev.laurel.model.Digest;
import dev.laurel.model.ModelName;
import dev.laurel.model.Pin;
import dev.laurel.model.Version;
import dev.laurel.predictor.Linear;
import dev.laurel.predictor.ModelFile;
import dev.laurel.predictor.Predictor;
import dev.laurel.predictor.PredictorFormat;
import dev.laurel.predictor.Signature;
import dev.laurel.table.Column;
import dev.laurel.table.Table;
import dev.laurel.task.Task;
import dev.laurel.yaml.Yaml;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UsualRowTest {
    private static final Definition DEFINITION = Yaml.read("""
            model: flats
            description: The price of a flat.
            source: {kind: csv, path: flats.csv}
            target: {kind: value, column: price, horizon: 0, unit: EUR}
            features:
              - {name: size, kind: standardise, column: size}
              - {name: rooms, kind: column, column: rooms}
              - {name: age, kind: log, column: age, offset: 1}
              - {name: town, kind: one-hot, column: town}
              - {name: month, kind: calendar, column: sold, part: month, cyclic: false}
              - {name: hour, kind: calendar, column: sold, part: hour, cyclic: false}
              - {name: year, kind: calendar, column: sold, part: year, cyclic: false}
            split: {kind: hashed, training: 0.6, validation: 0.2, evaluation: 0.2}
            trainer: {kind: decision-tree}
            seed: 1
            gate: {metric: rmse, minimum_gain: 10, minimum_rows: 20, mode: manual}
            """.getBytes(UTF_8), "model.yaml", Definition.class);

    /** {@code age} goes through a logarithm, from which this does not find back. */
    @Test
    void tellsColumnsBackFromTheFeatures() {
        UsualRow row = UsualRow.of(model());

        assertThat(row.values())
                .containsOnly(
                        Map.entry("size", 60.0),
                        Map.entry("rooms", 2.0),
                        Map.entry("town", "Ulm"),
                        Map.entry("sold", "2020-04-17T12:00"));
        assertThat(row.words()).containsOnly(Map.entry("town", List.of("Bonn", "Ulm")));
    }

    private static LoadedModel model() {
        Table table = Table.unkeyed(
                3,
                Map.of(
                        "size", new Column.Numbers(new double[] {40, 60, 100}),
                        "rooms", new Column.Numbers(new double[] {1, 2, 3}),
                        "age", new Column.Numbers(new double[] {5, 50, 100}),
                        "price", new Column.Numbers(new double[] {1, 2, 3}),
                        "town", new Column.Words(new String[] {"Bonn", "Ulm", "Ulm"}),
                        "sold",
                                new Column.Words(
                                        new String[] {"2023-01-02T09:00", "2023-01-03T10:00", "2023-02-04T11:00"})));
        int[] training = {0, 1, 2};
        Task task = DEFINITION.target().task(table, training);
        FittedFeatures features = FittedFeatures.fit(DEFINITION.features(), DEFINITION.fillings(), table, training);
        double[][] vectors = IntStream.of(training)
                .mapToObj(row -> features.vector(table, row))
                .toArray(double[][]::new);
        Signature signature = Signature.of(DEFINITION, table, features.outputs(), task);
        ModelFile file = new ModelFile(
                DEFINITION,
                signature,
                features.state(),
                Profiles.of(signature.features(), vectors, task, new double[] {1, 2, 3}),
                PredictorFormat.encode(new Linear(8, false, new double[8], new double[1])));
        Digest digest = Digest.of(file.encode());
        Pin pin = new Pin(
                new ModelName("flats"), new Version(1), digest, 1, digest, null, Pin.By.PERSON, "for a test", null);
        return new LoadedModel(
                pin,
                DEFINITION,
                signature,
                features,
                file.profile(),
                Predictor.decode(file),
                Instant.EPOCH,
                Duration.ZERO);
    }
}
