package dev.laurel.server;

import static dev.laurel.server.Showcase.PETALS;
import static dev.laurel.server.Showcase.RENT;
import static dev.laurel.server.Showcase.SPY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.laurel.predictor.ModelFile;
import dev.laurel.predictor.Predictor;
import inference.GRPCInferenceServiceGrpc;
import inference.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import inference.InferParameter;
import inference.InferTensorContents;
import inference.ModelInferRequest;
import inference.ModelInferRequest.InferInputTensor;
import inference.ModelInferResponse;
import inference.ModelMetadataRequest;
import inference.ModelMetadataResponse;
import inference.ModelReadyRequest;
import inference.ServerReadyRequest;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Open Inference Protocol over gRPC, asked by a client of the public protocol. */
class GrpcTest {
    private static final double[] FLOWER = {5.1, 3.5, 1.4, 0.2};
    private static final double[] OTHER = {6.7, 3.0, 5.2, 2.3};

    @TempDir
    static Path folder;

    static Showcase showcase;
    static ModelFile petals;
    static ManagedChannel channel;
    static GRPCInferenceServiceBlockingStub client;

    @BeforeAll
    static void serve() {
        showcase = Showcase.in(folder, SPY, PETALS, RENT);
        showcase.champion(SPY, 1);
        petals = showcase.champion(PETALS, 2);
        showcase.champion(RENT, 3);
        showcase.servingWith(Map.of("LAUREL_GRPC_PORT", "0", "LAUREL_LIMIT_ROWS", "3"));
        channel = NettyChannelBuilder.forAddress(
                        "127.0.0.1", showcase.server().grpcPort().orElseThrow())
                .usePlaintext()
                .build();
        client = GRPCInferenceServiceGrpc.newBlockingStub(channel);
        await().until(() ->
                client.serverReady(ServerReadyRequest.getDefaultInstance()).getReady());
    }

    @AfterAll
    static void close() throws InterruptedException {
        channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
        showcase.close();
    }

    private static ModelInferRequest.Builder flowers() {
        InferTensorContents.Builder contents = InferTensorContents.newBuilder();
        Arrays.stream(FLOWER).forEach(contents::addFp64Contents);
        Arrays.stream(OTHER).forEach(contents::addFp64Contents);
        return ModelInferRequest.newBuilder()
                .setModelName("petals")
                .addInputs(InferInputTensor.newBuilder()
                        .setName("features")
                        .setDatatype("FP64")
                        .addShape(2)
                        .addShape(4)
                        .setContents(contents));
    }

    private static List<Double> probabilities() {
        Predictor predictor = Predictor.decode(petals);
        return List.of(FLOWER, OTHER).stream()
                .flatMap(vector -> Arrays.stream(predictor.scores(vector)).boxed())
                .toList();
    }

    @Test
    void typedContentsAreAnsweredByTypedContents() {
        ModelInferResponse answer = client.modelInfer(flowers().setId("7").build());

        assertThat(answer.getModelName()).isEqualTo("petals");
        assertThat(answer.getModelVersion()).isEqualTo("v1");
        assertThat(answer.getId()).isEqualTo("7");
        assertThat(answer.getRawOutputContentsCount()).isZero();
        assertThat(answer.getOutputs(0).getName()).isEqualTo("label");
        assertThat(answer.getOutputs(0).getContents().getBytesContentsCount()).isEqualTo(2);
        assertThat(answer.getOutputs(1).getName()).isEqualTo("probabilities");
        assertThat(answer.getOutputs(1).getShapeList()).containsExactly(2L, 3L);
        assertThat(answer.getOutputs(1).getContents().getFp64ContentsList()).isEqualTo(probabilities());
    }

    @Test
    void bytesAreAnsweredByBytes() {
        ByteBuffer bytes = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asDoubleBuffer().put(FLOWER).put(OTHER);
        ModelInferRequest.Builder request = flowers();
        request.getInputsBuilder(0).clearContents();
        request.addRawInputContents(ByteString.copyFrom(bytes))
                .addOutputs(ModelInferRequest.InferRequestedOutputTensor.newBuilder()
                        .setName("probabilities"));
        ModelInferResponse answer = client.modelInfer(request.build());

        assertThat(answer.getOutputsCount()).isEqualTo(1);
        assertThat(answer.getOutputs(0).hasContents()).isFalse();
        double[] values = new double[6];
        answer.getRawOutputContents(0)
                .asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asDoubleBuffer()
                .get(values);
        assertThat(values)
                .containsExactly(probabilities().stream()
                        .mapToDouble(Double::doubleValue)
                        .toArray());
    }

    @Test
    void aTensorForEachColumn() {
        ModelInferResponse answer = client.modelInfer(ModelInferRequest.newBuilder()
                .setModelName("rent")
                .setModelVersion("1")
                .addInputs(column("district", "BYTES")
                        .setContents(
                                InferTensorContents.newBuilder().addBytesContents(ByteString.copyFromUtf8("Köln-Süd"))))
                .addInputs(column("area", "FP32")
                        .setContents(InferTensorContents.newBuilder().addFp32Contents(40.5f)))
                .addInputs(column("rooms", "INT32")
                        .setContents(InferTensorContents.newBuilder().addIntContents(1)))
                .build());

        assertThat(answer.getOutputs(0).getName()).isEqualTo("value");
        assertThat(answer.getOutputs(0).getContents().getFp64Contents(0)).isPositive();
    }

    private static InferInputTensor.Builder column(String name, String datatype) {
        return InferInputTensor.newBuilder().setName(name).setDatatype(datatype).addShape(1);
    }

    @Test
    void describesAModel() {
        ModelMetadataResponse model = client.modelMetadata(
                ModelMetadataRequest.newBuilder().setName("petals").build());

        assertThat(model.getVersionsList()).containsExactly("v1");
        assertThat(model.getInputsCount()).isEqualTo(4);
        assertThat(model.getOutputsList())
                .extracting(ModelMetadataResponse.TensorMetadata::getName)
                .containsExactly("label", "probabilities");
        assertThat(client.modelReady(ModelReadyRequest.newBuilder()
                                .setName("petals")
                                .setVersion("1")
                                .build())
                        .getReady())
                .isTrue();
    }

    @Test
    void errorsHaveTheirCodesAndWords() {
        assertRefused(
                flowers().setModelName("roses").build(), Status.Code.NOT_FOUND, "model: roses (expected: one of ");
        assertRefused(
                flowers().setModelVersion("9").build(),
                Status.Code.NOT_FOUND,
                "version: 9 (expected: v1, which answers)");
        ModelInferRequest.Builder short4 = flowers();
        short4.getInputsBuilder(0).setShape(0, 3);
        assertRefused(
                short4.build(),
                Status.Code.INVALID_ARGUMENT,
                "features.contents: 8 elements of FP64 (expected: 12, as its shape says)");
        ModelInferRequest.Builder negative = flowers();
        negative.getInputsBuilder(0).setShape(0, -2);
        assertRefused(negative.build(), Status.Code.INVALID_ARGUMENT, "features.shape: -2 (expected: ");
        ModelInferRequest.Builder typo = flowers();
        typo.getInputsBuilder(0).setDatatype("FP8");
        assertRefused(typo.build(), Status.Code.INVALID_ARGUMENT, "features.datatype: FP8 (expected: one of FP64");
        assertRefused(
                flowers().addRawInputContents(ByteString.EMPTY).build(),
                Status.Code.INVALID_ARGUMENT,
                "features: contents, and raw_input_contents");
        assertRefused(
                flowers()
                        .putParameters("temperature", InferParameter.getDefaultInstance())
                        .build(),
                Status.Code.INVALID_ARGUMENT,
                "parameters: temperature (expected: threshold)");
        ModelInferRequest.Builder ranked = flowers();
        ranked.addOutputsBuilder()
                .setName("probabilities")
                .putParameters("classification", InferParameter.getDefaultInstance());
        assertRefused(
                ranked.build(),
                Status.Code.INVALID_ARGUMENT,
                "outputs.probabilities.parameters: unknown key classification (expected: one of binary_data, content_type)");
        ModelInferRequest.Builder shared = flowers();
        shared.getInputsBuilder(0).putParameters("shared_memory_region", InferParameter.getDefaultInstance());
        assertRefused(
                shared.build(), Status.Code.INVALID_ARGUMENT, "features.parameters: unknown key shared_memory_region");
        ModelInferRequest.Builder nan = flowers();
        nan.getInputsBuilder(0).getContentsBuilder().setFp64Contents(2, Double.NaN);
        assertRefused(nan.build(), Status.Code.INVALID_ARGUMENT, "features[0].");
    }

    @Test
    void limitsAreThoseOfHttp() {
        ModelInferRequest.Builder many = flowers();
        many.getInputsBuilder(0).setShape(0, 4);
        for (int i = 0; i < 8; i++) {
            many.getInputsBuilder(0).getContentsBuilder().addFp64Contents(i);
        }
        assertRefused(many.build(), Status.Code.INVALID_ARGUMENT, "features: 4 (expected: at most 3 in one request)");
        assertRefused(flowers().setId("x".repeat(1_000_001)).build(), Status.Code.RESOURCE_EXHAUSTED, "");
    }

    private static void assertRefused(ModelInferRequest request, Status.Code code, String words) {
        assertThatThrownBy(() -> client.modelInfer(request)).isInstanceOfSatisfying(StatusRuntimeException.class, e -> {
            assertThat(e.getStatus().getCode()).as(e.getMessage()).isEqualTo(code);
            assertThat(e.getStatus().getDescription()).startsWith(words);
        });
    }

    @Test
    void idsAndTheNameOfTheVersionComeBack() {
        String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        Metadata asked = new Metadata();
        asked.put(key("x-request-id"), "order-66");
        asked.put(key("traceparent"), trace);
        AtomicReference<Metadata> headers = new AtomicReference<>();
        ModelInferResponse answer = client.withInterceptors(
                        MetadataUtils.newAttachHeadersInterceptor(asked),
                        MetadataUtils.newCaptureMetadataInterceptor(headers, new AtomicReference<>()))
                .modelInfer(flowers().build());

        assertThat(answer.getId()).isEmpty();
        assertThat(headers.get().get(key("x-request-id"))).isEqualTo("order-66");
        assertThat(headers.get().get(key("traceparent"))).isEqualTo(trace);
        assertThat(headers.get().get(key("x-laurel-model"))).isEqualTo("petals@v1");
    }

    private static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }

    @Test
    void hasHealth() {
        await().untilAsserted(() -> assertThat(HealthGrpc.newBlockingStub(channel)
                        .check(HealthCheckRequest.newBuilder()
                                .setService("inference.GRPCInferenceService")
                                .build())
                        .getStatus())
                .isEqualTo(HealthCheckResponse.ServingStatus.SERVING));
    }

    @Test
    void tellsOfItsServices() throws Exception {
        CompletableFuture<ServerReflectionResponse> told = new CompletableFuture<>();
        StreamObserver<ServerReflectionRequest> ask = ServerReflectionGrpc.newStub(channel)
                .serverReflectionInfo(new StreamObserver<>() {
                    @Override
                    public void onNext(ServerReflectionResponse response) {
                        told.complete(response);
                    }

                    @Override
                    public void onError(Throwable failure) {
                        told.completeExceptionally(failure);
                    }

                    @Override
                    public void onCompleted() {}
                });
        ask.onNext(ServerReflectionRequest.newBuilder().setListServices("*").build());

        assertThat(told.get(5, TimeUnit.SECONDS).getListServicesResponse().getServiceList())
                .map(service -> service.getName())
                .contains("inference.GRPCInferenceService", "grpc.health.v1.Health");
        ask.onCompleted();
    }

    @Test
    void isCountedLikeEveryProtocol() {
        client.modelInfer(flowers().build());

        assertThat(showcase.get("/metrics").body())
                .containsPattern(
                        "prediction_requests_total\\{model=\"petals\",outcome=\"answered\",role=\"champion\",version=\"v1\"} [1-9]|prediction_requests_total\\{model=\"petals\",version=\"v1\",role=\"champion\",outcome=\"answered\"} [1-9]");
    }
}
