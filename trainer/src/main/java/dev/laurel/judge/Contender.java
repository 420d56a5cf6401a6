package dev.laurel.judge;

import dev.laurel.feature.Table;
import dev.laurel.model.Definition;
import dev.laurel.predictor.ModelFile;
import dev.laurel.predictor.Predictor;

/** A model as it would be served: decoded from its model file, with the features that its own definition names. */
public record Contender(Definition definition, Predictor predictor) {

    /** @throws dev.laurel.predictor.InvalidModelFileException when the bytes are not a model file */
    public static Contender load(byte[] modelFile) {
        ModelFile file = ModelFile.decode(modelFile);
        return new Contender(file.definition(), Predictor.decode(file));
    }

    /** @throws dev.laurel.model.InvalidValueException when the rows lack something that the features need */
    public Predictions predictions(Table table, RowRange rows) {
        return Sample.of(definition, table, rows).predictions(predictor::probability);
    }
}
