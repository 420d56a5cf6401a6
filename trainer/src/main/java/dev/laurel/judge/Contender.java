package dev.laurel.judge;

import dev.laurel.definition.Definition;
import dev.laurel.feature.FittedFeatures;
import dev.laurel.model.Window;
import dev.laurel.predictor.ModelFile;
import dev.laurel.predictor.Predictor;
import dev.laurel.predictor.Signature;
import dev.laurel.sample.Sample;
import dev.laurel.table.Table;
import dev.laurel.task.Predictions;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A model as it would be served: decoded from its model file, with the features that its own definition names. */
public record Contender(Definition definition, Signature signature, FittedFeatures features, Predictor predictor) {

    /** @throws dev.laurel.predictor.InvalidModelFileException when the bytes are not a model file */
    public static Contender load(byte[] modelFile) {
        return of(ModelFile.decode(modelFile));
    }

    /** @throws dev.laurel.predictor.InvalidModelFileException when its predictor is broken */
    public static Contender of(ModelFile file) {
        return new Contender(file.definition(), file.signature(), file.features(), Predictor.decode(file));
    }

    /**
     * Why this model must not be held against another one on these rows, if there is a reason.
     *
     * @param learned the validation rows of this model, the last that it knew
     * @param rows those that the other one is judged on, in rising order
     */
    public Optional<String> obstacle(Contender other, Window learned, Table table, int[] rows) {
        if (!definition.target().equals(other.definition.target())) {
            return Optional.of(
                    "it predicts another target: " + definition.target().toTell());
        }
        Set<String> absent = new TreeSet<>(definition.inputs());
        absent.removeAll(table.columns());
        absent.removeIf(column -> column.equals(table.keyColumn()));
        if (!absent.isEmpty()) {
            return Optional.of(
                    "it reads %s, which the definition of these rows does not ask for; a person may promote or challenge it"
                            .formatted(String.join(", ", absent)));
        }
        if (!signature.task().equals(other.signature.task())) {
            return Optional.of("it answers with %s".formatted(signature.task().described()));
        }
        return obstacle(other.definition, learned, table, rows);
    }

    /** The same for a model that is known by its definition alone. */
    Optional<String> obstacle(Definition other, Window learned, Table table, int[] rows) {
        if (!definition.target().equals(other.target())) {
            return Optional.of(
                    "it predicts another target: " + definition.target().toTell());
        }
        if (definition.split().isByContent() || other.split().isByContent()) {
            return obstacleByContent(other);
        }
        String learnedUntil = learned.to();
        if (learnedUntil == null || !table.isKeyed()) {
            return Optional.of("its rows had no keys, so that it may have learned from the evaluated ones");
        }
        int newestLabel =
                table.firstAfter(learnedUntil) - 1 + definition.target().horizon();
        return newestLabel < rows[0]
                ? Optional.empty()
                : Optional.of("it learned from rows until %s, and the evaluated rows begin %s"
                        .formatted(learnedUntil, table.key(rows[0])));
    }

    /** A row's side follows from what it holds, and so from which columns of it there are, unless a group says all. */
    private Optional<String> obstacleByContent(Definition other) {
        boolean same = definition.split().equals(other.split())
                && definition
                        .split()
                        .sidesFollowFrom(definition.asked())
                        .equals(other.split().sidesFollowFrom(other.asked()));
        return same
                ? Optional.empty()
                : Optional.of(
                        "its rows were divided otherwise (by what they hold of %s), so that it may have learned from the evaluated ones; a person may promote or challenge it"
                                .formatted(String.join(", ", definition.split().sidesFollowFrom(definition.asked()))));
    }

    /** @throws dev.laurel.model.InvalidValueException when the rows lack something that the features need */
    public Predictions predictions(Table table, int[] rows) {
        return predictions(sample(table, rows));
    }

    Predictions predictions(Sample sample) {
        return sample.predictions(signature.task(), predictor::scores);
    }

    /** @throws dev.laurel.model.InvalidValueException when the rows lack something that the features need */
    public Sample sample(Table table, int[] rows) {
        return Sample.of(features, definition.target(), signature.task(), features.filled(table), table, rows);
    }
}
