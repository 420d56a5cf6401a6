package dev.laurel.oip.grpc;

import dev.laurel.oip.Datatype;
import dev.laurel.oip.Elements;
import dev.laurel.oip.Elements.Fractions;
import dev.laurel.oip.Elements.Texts;
import dev.laurel.oip.Elements.Truths;
import dev.laurel.oip.Elements.Wholes;
import dev.laurel.oip.Tensor;
import dev.laurel.predict.UnansweredException;
import inference.InferTensorContents;
import inference.ModelInferRequest;
import inference.ModelInferRequest.InferInputTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads a tensor from its typed contents, or from its bytes beside it. */
final class TensorReader {
    private static final Set<String> PARAMETERS = Set.of("binary_data_size", "content_type");

    private TensorReader() {}

    static Tensor read(ModelInferRequest request, int place) {
        InferInputTensor tensor = request.getInputs(place);
        String name = tensor.getName();
        InferCall.expectKnown(name, tensor.getParametersMap(), PARAMETERS);
        Datatype datatype = Datatype.parse(name + ".datatype", tensor.getDatatype());
        List<Integer> shape = shape(name + ".shape", tensor.getShapeList());
        int count = Tensor.count(name + ".shape", shape);
        if (request.getRawInputContentsCount() > 0) {
            if (tensor.hasContents()) {
                throw UnansweredException.invalid(name, "contents, and raw_input_contents", "one of the two");
            }
            ByteBuffer bytes =
                    request.getRawInputContents(place).asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
            datatype.checkSize(name, bytes.remaining(), count);
            return new Tensor(name, shape, datatype.ofBytes(name, bytes, count));
        }
        Elements elements = elements(name, datatype, tensor.getContents());
        if (elements.count() != count) {
            throw UnansweredException.invalid(
                    name + ".contents",
                    "%s elements of %s".formatted(elements.count(), datatype),
                    "%s, as its shape says".formatted(count));
        }
        return new Tensor(name, shape, elements);
    }

    private static List<Integer> shape(String at, List<Long> lengths) {
        List<Integer> shape = new ArrayList<>();
        for (long length : lengths) {
            if (length < 0 || length > Integer.MAX_VALUE) {
                throw UnansweredException.invalid(at, length, "whole numbers, 0 or more");
            }
            shape.add((int) length);
        }
        return shape;
    }

    private static Elements elements(String name, Datatype datatype, InferTensorContents contents) {
        return switch (datatype) {
            case FP64 ->
                new Fractions(contents.getFp64ContentsList().stream()
                        .mapToDouble(Double::doubleValue)
                        .toArray());
            case FP32 ->
                new Fractions(contents.getFp32ContentsList().stream()
                        .mapToDouble(Float::doubleValue)
                        .toArray());
            case INT64 ->
                new Wholes(contents.getInt64ContentsList().stream()
                        .mapToLong(Long::longValue)
                        .toArray());
            case INT32 ->
                new Wholes(contents.getIntContentsList().stream()
                        .mapToLong(Integer::longValue)
                        .toArray());
            case BOOL -> {
                boolean[] truths = new boolean[contents.getBoolContentsCount()];
                for (int i = 0; i < truths.length; i++) {
                    truths[i] = contents.getBoolContents(i);
                }
                yield new Truths(truths);
            }
            case BYTES -> {
                String[] texts = new String[contents.getBytesContentsCount()];
                for (int i = 0; i < texts.length; i++) {
                    texts[i] = Datatype.text(
                            name + "[" + i + "]", contents.getBytesContents(i).asReadOnlyByteBuffer());
                }
                yield new Texts(texts);
            }
        };
    }
}
