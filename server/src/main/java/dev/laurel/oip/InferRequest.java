package dev.laurel.oip;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.follow.LoadedModel;
import dev.laurel.http.JsonBody;
import dev.laurel.http.JsonCheck;
import dev.laurel.http.JsonStream;
import dev.laurel.predict.Asked;
import dev.laurel.predict.Inputs;
import dev.laurel.predict.PredictionService;
import dev.laurel.predict.Threshold;
import dev.laurel.predict.UnansweredException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code infer}: a document, behind it the bytes of its binary tensors if there are any.
 *
 * @param outputs those that are wanted, in that order; all of them where the request names none
 */
record InferRequest(@Nullable String id, Threshold threshold, Inputs inputs, List<WantedOutput> outputs)
        implements Asked {
    private static final Pattern LENGTH = Pattern.compile("\\d{1,9}");
    private static final Set<String> KEYS = Set.of("id", "parameters", "inputs", "outputs");
    private static final Set<String> PARAMETERS = Set.of("threshold", "binary_data_output", "content_type");

    /**
     * @param headerLength of the document, where bytes follow it
     * @throws UnansweredException naming what is wrong
     */
    static InferRequest read(byte[] body, @Nullable String headerLength, LoadedModel model, PredictionService service) {
        if (headerLength == null) {
            Optional<PlainInfer> plain = JsonStream.read(body, body.length, json -> PlainInfer.read(json, body.length));
            if (plain.isPresent()) {
                return new InferRequest(
                        plain.get().id(),
                        Threshold.DEFAULT,
                        TensorInputs.of(plain.get().tensors(), model, service),
                        WantedOutput.all(null, false, model));
            }
        }
        int length = headerLength == null ? body.length : length(headerLength, body.length);
        JsonNode document =
                JsonCheck.object("body", JsonBody.read(Arrays.copyOf(body, length)), "an object with inputs");
        JsonCheck.keys("body", document, KEYS);
        ByteBuffer bytes = ByteBuffer.wrap(body, length, body.length - length);
        JsonNode inputs = JsonCheck.list("inputs", document.get("inputs"));
        List<Tensor> tensors = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            tensors.add(Tensor.read("inputs[" + i + "]", inputs.get(i), bytes));
        }
        if (bytes.hasRemaining()) {
            throw UnansweredException.invalid(
                    "body", bytes.remaining() + " bytes that no tensor has", "as many as binary_data_size says");
        }
        JsonNode parameters = parameters(document);
        return new InferRequest(
                id(document.get("id")),
                threshold(parameters, model),
                TensorInputs.of(tensors, model, service),
                WantedOutput.all(document.get("outputs"), flag(parameters, "binary_data_output"), model));
    }

    private static int length(String header, int body) {
        int length = LENGTH.matcher(header).matches() ? Integer.parseInt(header) : -1;
        if (length < 0 || length > body) {
            throw UnansweredException.invalid(
                    InferenceApi.HEADER_LENGTH, header, "the bytes of the document in a body of %s".formatted(body));
        }
        return length;
    }

    private static @Nullable String id(@Nullable JsonNode id) {
        return id == null || id.isNull() ? null : JsonCheck.text("id", id, "text");
    }

    private static @Nullable JsonNode parameters(JsonNode document) {
        JsonNode parameters = document.get("parameters");
        if (parameters == null || parameters.isNull()) {
            return null;
        }
        JsonCheck.keys("parameters", JsonCheck.object("parameters", parameters, "an object"), PARAMETERS);
        return parameters;
    }

    private static Threshold threshold(@Nullable JsonNode parameters, LoadedModel model) {
        JsonNode threshold = parameters == null ? null : parameters.get("threshold");
        return threshold == null
                ? Threshold.DEFAULT
                : new Threshold(JsonCheck.number("parameters.threshold", threshold, "a number from 0 to 1")).of(model);
    }

    static boolean flag(@Nullable JsonNode parameters, String name) {
        JsonNode flag = parameters == null ? null : parameters.get(name);
        if (flag != null && !flag.isBoolean()) {
            throw UnansweredException.invalid("parameters." + name, JsonCheck.shown(flag), "true or false");
        }
        return flag != null && flag.booleanValue();
    }
}
