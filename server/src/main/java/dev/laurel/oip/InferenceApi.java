package dev.laurel.oip;

import dev.laurel.follow.LoadedModel;
import dev.laurel.front.WholeBody;
import dev.laurel.http.CallerKey;
import dev.laurel.http.JsonAnswer;
import dev.laurel.http.ModelHeaders;
import dev.laurel.http.OwnRelease;
import dev.laurel.http.RouteKind;
import dev.laurel.predict.Answered;
import dev.laurel.predict.PredictionService;
import dev.laurel.predict.Reply;
import io.javalin.config.RoutesConfig;
import io.javalin.http.ContentType;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The routes below {@code /v2}. */
public final class InferenceApi {
    static final String HEADER_LENGTH = "Inference-Header-Content-Length";

    private final PredictionService service;

    private record ServerMetadata(String name, String version, List<String> extensions) {}

    private record ModelReady(String name, boolean ready) {}

    public InferenceApi(PredictionService service) {
        this.service = service;
    }

    public void register(RoutesConfig routes) {
        routes.get(
                "/v2", ctx -> ctx.json(new ServerMetadata("laurel", OwnRelease.name(), List.of("binary_tensor_data"))));
        routes.get("/v2/health/live", ctx -> ctx.json(Map.of("live", true)));
        routes.get("/v2/health/ready", this::ready);
        for (String model : List.of("/v2/models/{model}", "/v2/models/{model}/versions/{version}")) {
            routes.get(model, ctx -> ctx.json(ModelMetadata.of(model(ctx))));
            routes.get(
                    model + "/ready",
                    ctx -> ctx.json(new ModelReady(model(ctx).pin().model().value(), true)));
            routes.post(model + "/infer", this::infer, RouteKind.PREDICTION);
        }
    }

    private void ready(Context ctx) {
        service.readiness().expect();
        ctx.json(Map.of("ready", true));
    }

    private LoadedModel model(Context ctx) {
        return AskedModel.find(
                service, ctx.pathParam("model"), ctx.pathParamMap().get("version"));
    }

    private void infer(Context ctx) {
        LoadedModel named = model(ctx);
        Function<LoadedModel, InferRequest> read =
                one -> InferRequest.read(WholeBody.of(ctx), ctx.header(HEADER_LENGTH), one, service);
        Reply<InferRequest> reply = ctx.pathParamMap().containsKey("version")
                ? service.answer(named, () -> read.apply(named))
                : service.answerAs(service.chosen(named, CallerKey.of(ctx)), read);
        InferRequest request = reply.request();
        Answered answered = reply.answered();
        LoadedModel model = answered.model();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        List<OutputTensor> outputs = new ArrayList<>(request.outputs().size());
        boolean binary = false;
        for (WantedOutput wanted : request.outputs()) {
            OutputTensor output = wanted.kind().of(answered);
            if (wanted.binary()) {
                binary = true;
                byte[] own = output.bytes();
                bytes.writeBytes(own);
                output = output.binary(own.length);
            }
            outputs.add(output);
        }
        ModelHeaders.put(ctx, model);
        byte[] document = JsonAnswer.bytes(json -> {
            json.writeStringField("model_name", model.pin().model().value());
            json.writeStringField("model_version", model.pin().version().toString());
            if (request.id() != null) {
                json.writeStringField("id", request.id());
            }
            if (!answered.warnings().isEmpty()) {
                // The protocol's parameters are numbers, booleans and texts, not lists.
                json.writeObjectFieldStart("parameters");
                json.writeStringField("warnings", String.join("; ", answered.warnings()));
                json.writeEndObject();
            }
            json.writeArrayFieldStart("outputs");
            for (OutputTensor output : outputs) {
                output.write(json);
            }
            json.writeEndArray();
        });
        if (binary) {
            answerWithBytes(ctx, document, bytes);
        } else {
            JsonAnswer.put(ctx, ContentType.JSON, document);
        }
    }

    private static void answerWithBytes(Context ctx, byte[] document, ByteArrayOutputStream bytes) {
        ByteArrayOutputStream body = new ByteArrayOutputStream(document.length + bytes.size());
        body.writeBytes(document);
        body.writeBytes(bytes.toByteArray());
        ctx.header(HEADER_LENGTH, Integer.toString(document.length));
        ctx.result(body.toByteArray()).contentType("application/octet-stream");
    }
}
