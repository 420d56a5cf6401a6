package dev.laurel.oip;

import dev.laurel.follow.LoadedModel;
import dev.laurel.predict.Inputs;
import dev.laurel.predict.PredictionService;
import dev.laurel.predict.UnansweredException;
import java.util.List;
import java.util.function.IntFunction;

/** What a model is to be asked by tensors: one of vectors, or one for each column of its source. */
public final class TensorInputs {
    /** The one tensor that holds vectors, unless a column has that name. */
    private static final String FEATURES = "features";

    private TensorInputs() {}

    /** @throws UnansweredException naming what is wrong */
    public static Inputs of(List<Tensor> tensors, LoadedModel model, PredictionService service) {
        boolean vectors = tensors.size() == 1
                && tensors.get(0).name().equals(FEATURES)
                && !model.signature().hasColumn(FEATURES);
        return vectors
                ? service.ofVectors(
                        model, vectors(tensors.get(0), model.signature().features()))
                : service.ofRows(model, new TensorRows(tensors, model));
    }

    private static double[][] vectors(Tensor tensor, List<String> features) {
        if (tensor.shape().size() != 2 || tensor.shape().get(1) != features.size() || tensor.rows() == 0) {
            throw UnansweredException.invalid(
                    "features.shape",
                    tensor.shape(),
                    "[rows, %s]: %s".formatted(features.size(), String.join(", ", features)));
        }
        int width = features.size();
        IntFunction<String> places = i -> "features[%s].%s".formatted(i / width, features.get(i % width));
        double[][] vectors = new double[tensor.rows()][width];
        for (int i = 0; i < vectors.length * width; i++) {
            vectors[i / width][i % width] = tensor.elements().number(i, places);
        }
        return vectors;
    }
}
