package dev.laurel.oip.grpc;

import dev.laurel.follow.LoadedModel;
import dev.laurel.http.OwnRelease;
import dev.laurel.oip.AskedModel;
import dev.laurel.oip.ModelMetadata;
import dev.laurel.oip.ModelMetadata.TensorMetadata;
import dev.laurel.predict.PredictionService;
import dev.laurel.predict.Reply;
import inference.GRPCInferenceServiceGrpc.GRPCInferenceServiceImplBase;
import inference.ModelInferRequest;
import inference.ModelInferResponse;
import inference.ModelMetadataRequest;
import inference.ModelMetadataResponse;
import inference.ModelReadyRequest;
import inference.ModelReadyResponse;
import inference.ServerLiveRequest;
import inference.ServerLiveResponse;
import inference.ServerMetadataRequest;
import inference.ServerMetadataResponse;
import inference.ServerReadyRequest;
import inference.ServerReadyResponse;
import io.grpc.stub.StreamObserver;
import java.util.function.Supplier;

/** The calls of the protocol. */
final class InferenceService extends GRPCInferenceServiceImplBase {
    private final PredictionService service;

    InferenceService(PredictionService service) {
        this.service = service;
    }

    @Override
    public void serverLive(ServerLiveRequest request, StreamObserver<ServerLiveResponse> caller) {
        answer(caller, () -> ServerLiveResponse.newBuilder().setLive(true).build());
    }

    @Override
    public void serverReady(ServerReadyRequest request, StreamObserver<ServerReadyResponse> caller) {
        boolean ready = service.readiness().ready();
        answer(caller, () -> ServerReadyResponse.newBuilder().setReady(ready).build());
    }

    @Override
    public void modelReady(ModelReadyRequest request, StreamObserver<ModelReadyResponse> caller) {
        answer(caller, () -> {
            find(request.getName(), request.getVersion());
            return ModelReadyResponse.newBuilder().setReady(true).build();
        });
    }

    @Override
    public void serverMetadata(ServerMetadataRequest request, StreamObserver<ServerMetadataResponse> caller) {
        answer(
                caller,
                () -> ServerMetadataResponse.newBuilder()
                        .setName("laurel")
                        .setVersion(OwnRelease.name())
                        .build());
    }

    @Override
    public void modelMetadata(ModelMetadataRequest request, StreamObserver<ModelMetadataResponse> caller) {
        answer(caller, () -> {
            ModelMetadata model = ModelMetadata.of(find(request.getName(), request.getVersion()));
            ModelMetadataResponse.Builder response = ModelMetadataResponse.newBuilder()
                    .setName(model.name())
                    .addAllVersions(model.versions())
                    .setPlatform(model.platform());
            model.inputs().forEach(input -> response.addInputs(metadata(input)));
            model.outputs().forEach(output -> response.addOutputs(metadata(output)));
            return response.build();
        });
    }

    private static ModelMetadataResponse.TensorMetadata metadata(TensorMetadata tensor) {
        ModelMetadataResponse.TensorMetadata.Builder metadata = ModelMetadataResponse.TensorMetadata.newBuilder()
                .setName(tensor.name())
                .setDatatype(tensor.datatype());
        tensor.shape().forEach(metadata::addShape);
        return metadata.build();
    }

    @Override
    public void modelInfer(ModelInferRequest request, StreamObserver<ModelInferResponse> caller) {
        answer(caller, () -> {
            LoadedModel named = find(request.getModelName(), request.getModelVersion());
            Reply<InferCall> reply = request.getModelVersion().isEmpty()
                    ? service.answerAs(
                            service.chosen(named, Calls.caller()), model -> InferCall.read(request, model, service))
                    : service.answer(named, () -> InferCall.read(request, named, service));
            Calls.answeredBy(reply.answered().model());
            return InferAnswer.of(request, reply);
        });
    }

    private LoadedModel find(String name, String version) {
        return AskedModel.find(service, name, version.isEmpty() ? null : version);
    }

    private static <T> void answer(StreamObserver<T> caller, Supplier<T> work) {
        T answer;
        try {
            answer = work.get();
        } catch (RuntimeException | Error e) {
            caller.onError(GrpcErrors.of(e));
            return;
        }
        caller.onNext(answer);
        caller.onCompleted();
    }
}
