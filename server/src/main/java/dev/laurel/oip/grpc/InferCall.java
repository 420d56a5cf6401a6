package dev.laurel.oip.grpc;

import dev.laurel.follow.LoadedModel;
import dev.laurel.oip.OutputKind;
import dev.laurel.oip.Tensor;
import dev.laurel.oip.TensorInputs;
import dev.laurel.predict.Asked;
import dev.laurel.predict.Inputs;
import dev.laurel.predict.PredictionService;
import dev.laurel.predict.Threshold;
import dev.laurel.predict.UnansweredException;
import inference.InferParameter;
import inference.ModelInferRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A {@code ModelInferRequest}, checked against the model that is to answer it.
 *
 * @param outputs those that are wanted, in that order; all of them where the request names none
 */
record InferCall(Threshold threshold, Inputs inputs, List<OutputKind> outputs) implements Asked {
    private static final String THRESHOLD = "threshold";
    /** {@code content_type} is a hint of MLServer's clients, and says nothing that the datatype does not. */
    private static final Set<String> PARAMETERS = Set.of(THRESHOLD, "binary_data_output", "content_type");

    /** As of REST, whose clients say by them how tensors come; here that follows from where they stand. */
    private static final Set<String> OF_OUTPUTS = Set.of("binary_data", "content_type");

    /** @throws UnansweredException naming what is wrong */
    static InferCall read(ModelInferRequest request, LoadedModel model, PredictionService service) {
        List<Tensor> tensors = new ArrayList<>();
        int raw = request.getRawInputContentsCount();
        if (raw > 0 && raw != request.getInputsCount()) {
            throw UnansweredException.invalid(
                    "raw_input_contents", raw, "%s, one for each tensor".formatted(request.getInputsCount()));
        }
        for (int i = 0; i < request.getInputsCount(); i++) {
            tensors.add(TensorReader.read(request, i));
        }
        if (tensors.isEmpty()) {
            throw UnansweredException.invalid("inputs", "missing", "a list, not empty");
        }
        return new InferCall(
                threshold(request.getParametersMap(), model),
                TensorInputs.of(tensors, model, service),
                outputs(request, model));
    }

    private static Threshold threshold(Map<String, InferParameter> parameters, LoadedModel model) {
        for (String name : parameters.keySet()) {
            if (!PARAMETERS.contains(name)) {
                throw UnansweredException.invalid("parameters", name, THRESHOLD);
            }
        }
        InferParameter threshold = parameters.get(THRESHOLD);
        if (threshold == null) {
            return Threshold.DEFAULT;
        }
        return switch (threshold.getParameterChoiceCase()) {
            case DOUBLE_PARAM -> new Threshold(threshold.getDoubleParam()).of(model);
            case INT64_PARAM -> new Threshold(threshold.getInt64Param()).of(model);
            // Clients of the protocol's first form have no numbers with a point.
            case STRING_PARAM -> Threshold.parse(threshold.getStringParam()).of(model);
            default ->
                throw UnansweredException.invalid(
                        "parameters.threshold", threshold.getParameterChoiceCase(), "a number from 0 to 1");
        };
    }

    private static List<OutputKind> outputs(ModelInferRequest request, LoadedModel model) {
        List<OutputKind> kinds = OutputKind.of(model.signature().task());
        return request.getOutputsCount() == 0
                ? kinds
                : request.getOutputsList().stream()
                        .map(output -> {
                            expectKnown("outputs." + output.getName(), output.getParametersMap(), OF_OUTPUTS);
                            return OutputKind.named("outputs", output.getName(), kinds);
                        })
                        .toList();
    }

    /** What is asked for and cannot be had, such as Triton's shared memory or classification, is refused. */
    static void expectKnown(String at, Map<String, InferParameter> parameters, Set<String> known) {
        for (String name : parameters.keySet()) {
            if (!known.contains(name)) {
                throw UnansweredException.invalid(
                        at + ".parameters",
                        "unknown key " + name,
                        "one of " + String.join(", ", known.stream().sorted().toList()));
            }
        }
    }
}
