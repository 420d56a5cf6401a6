package dev.laurel.judge;

import dev.laurel.table.Table;
import dev.laurel.definition.Definition;
import dev.laurel.predictor.ModelFile;
import dev.laurel.predictor.Predictor;
import java.util.Optional;

/** A model as it would be served: decoded from its model file, with the features that its own definition names. */
public record Contender(Definition definition, Predictor predictor) {

    /** @throws dev.laurel.predictor.InvalidModelFileException when the bytes are not a model file */
    public static Contender load(byte[] modelFile) {
        ModelFile file = ModelFile.decode(modelFile);
        return new Contender(file.definition(), Predictor.decode(file));
    }

    /**
     * Why this model must not be held against one of another definition on these rows, if there is a reason.
     *
     * @param learnedUntil the key of the last row of its validation window
     */
    public Optional<String> obstacle(Definition other, String learnedUntil, Table table, RowRange rows) {
        if (!definition.target().equals(other.target())) {
            return Optional.of("it predicts another target: " + definition.target());
        }
        int newestLabel =
                table.firstAfter(learnedUntil) - 1 + definition.target().horizon();
        return newestLabel < rows.from()
                ? Optional.empty()
                : Optional.of("it learned from rows until %s, and the evaluated rows begin %s"
                        .formatted(learnedUntil, table.key(rows.from())));
    }

    /** @throws dev.laurel.model.InvalidValueException when the rows lack something that the features need */
    public Predictions predictions(Table table, RowRange rows) {
        return Sample.of(definition, table, rows).predictions(predictor::probability);
    }
}
