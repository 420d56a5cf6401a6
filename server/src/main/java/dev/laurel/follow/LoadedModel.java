package dev.laurel.follow;

import dev.laurel.feature.FeaturePipeline;
import dev.laurel.definition.Definition;
import dev.laurel.model.Pin;
import dev.laurel.predictor.Signature;
import dev.laurel.predictor.ModelFile;
import dev.laurel.predictor.Predictor;
import java.time.Instant;

/**
 * A version that was verified and answers. Immutable and whole: whoever holds one holds the features, the predictor and the name of one
 * and the same version.
 *
 * @param since when it was loaded
 */
public record LoadedModel(
        Pin pin,
        Definition definition,
        Signature signature,
        FeaturePipeline pipeline,
        Predictor predictor,
        Instant since) {

    static LoadedModel of(Pin pin, ModelFile file, Predictor predictor, Instant since) {
        return new LoadedModel(
                pin, file.definition(), file.signature(), new FeaturePipeline(file.definition()), predictor, since);
    }

    /** Whether that pin asks for the bytes that are loaded here. */
    boolean isWhat(Pin wanted) {
        return pin.namesSameVersionAs(wanted) && pin.digest().equals(wanted.digest()) && pin.size() == wanted.size();
    }

    /** The same version under another text of its pin. */
    LoadedModel under(Pin reworded) {
        return new LoadedModel(reworded, definition, signature, pipeline, predictor, since);
    }
}
