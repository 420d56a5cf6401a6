package dev.laurel.oip.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.laurel.model.Pin;
import dev.laurel.oip.OutputKind;
import dev.laurel.oip.OutputTensor;
import dev.laurel.predict.Answered;
import dev.laurel.predict.Reply;
import inference.InferParameter;
import inference.InferTensorContents;
import inference.ModelInferRequest;
import inference.ModelInferResponse;
import inference.ModelInferResponse.InferOutputTensor;

/** Writes answers as the request had its tensors: as bytes beside them, or as typed contents. */
final class InferAnswer {
    private InferAnswer() {}

    static ModelInferResponse of(ModelInferRequest request, Reply<InferCall> reply) {
        Answered answered = reply.answered();
        Pin pin = answered.model().pin();
        ModelInferResponse.Builder response = ModelInferResponse.newBuilder()
                .setModelName(pin.model().value())
                .setModelVersion(pin.version().toString())
                .setId(request.getId());
        if (!answered.warnings().isEmpty()) {
            String warnings = String.join("; ", answered.warnings());
            response.putParameters(
                    "warnings",
                    InferParameter.newBuilder().setStringParam(warnings).build());
        }
        boolean raw = request.getRawInputContentsCount() > 0;
        for (OutputKind kind : reply.request().outputs()) {
            OutputTensor output = kind.of(answered);
            InferOutputTensor.Builder tensor =
                    InferOutputTensor.newBuilder().setName(output.name()).setDatatype(output.datatype());
            output.shape().forEach(tensor::addShape);
            if (raw) {
                response.addRawOutputContents(UnsafeByteOperations.unsafeWrap(output.bytes()));
            } else {
                tensor.setContents(contents(output));
            }
            response.addOutputs(tensor);
        }
        return response.build();
    }

    private static InferTensorContents contents(OutputTensor output) {
        InferTensorContents.Builder contents = InferTensorContents.newBuilder();
        if (output.data() instanceof double[] values) {
            for (double value : values) {
                contents.addFp64Contents(value);
            }
        } else {
            output.words().forEach(word -> contents.addBytesContents(ByteString.copyFromUtf8(word)));
        }
        return contents.build();
    }
}
