package dev.laurel.server;

import static dev.laurel.server.PredictionTest.assertProblem;
import static dev.laurel.server.Showcase.PETALS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.laurel.model.InvalidValueException;
import inference.GRPCInferenceServiceGrpc;
import inference.ModelInferRequest;
import inference.ServerLiveRequest;
import io.grpc.ChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may ask, how much, and by which connection. */
class GuardTest {
    private static final String FLOWER = "{\"features\": [5.1, 3.5, 1.4, 0.2]}";
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final String OTHER = "fedcba9876543210fedcba9876543210";

    @TempDir
    Path folder;

    Showcase showcase;

    @BeforeEach
    void create() {
        showcase = Showcase.in(folder, PETALS);
        showcase.champion(PETALS, 1);
    }

    @AfterEach
    void close() {
        showcase.close();
    }

    private void serve(Map<String, String> variables) {
        showcase.servingWith(variables);
        await().until(() -> showcase.get("/readyz").statusCode() == 200);
    }

    private HttpResponse<String> ask(String path, String authorization) {
        HttpRequest.Builder request = HttpRequest.newBuilder(showcase.uri(path)).POST(BodyPublishers.ofString(FLOWER));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return showcase.send(request.build());
    }

    @Test
    void predictionsNeedATokenAndPagesDoNot() {
        serve(Map.of("LAUREL_TOKENS", "shop " + TOKEN + ",bank " + OTHER));

        HttpResponse<String> refused = ask("/models/petals/predict", null);
        assertProblem(refused, 401, "caller: unknown (expected: Authorization: Bearer and a token of this server)");
        assertThat(refused.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(ask("/models/petals/predict", "Bearer " + TOKEN).statusCode())
                .isEqualTo(200);
        assertThat(ask("/models/petals/predict", "bearer " + OTHER).statusCode())
                .isEqualTo(200);
        assertThat(ask("/models/petals/predict", "Bearer " + TOKEN + "0").statusCode())
                .isEqualTo(401);
        assertThat(ask("/models/petals/predict", "Basic " + TOKEN).statusCode()).isEqualTo(401);
        assertThat(showcase.get("/models/petals").statusCode()).isEqualTo(200);
        assertThat(showcase.get("/metrics").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/predict",
                "/models/petals/predict/",
                "/models/petals/invocations",
                "/invocations",
                "/v2/models/petals/infer",
                "/v2/models/petals/versions/1/infer"
            })
    void noWayOfWritingAPathLeadsPastIt(String path) {
        serve(Map.of("LAUREL_TOKENS", "shop " + TOKEN));

        assertThat(ask(path, null).statusCode()).isEqualTo(401);
        assertThat(ask(path, "Bearer " + TOKEN).statusCode()).isNotEqualTo(401);
        assertThat(ask("/models/petals/%70redict", null).statusCode()).isEqualTo(404);
    }

    @Test
    void aTokenHasItsRate() {
        serve(Map.of("LAUREL_TOKENS", "shop " + TOKEN + ",bank " + OTHER, "LAUREL_LIMIT_RATE", "3"));
        HttpResponse<String> answer = ask("/predict", "Bearer " + TOKEN);
        for (int i = 0; i < 50 && answer.statusCode() == 200; i++) {
            answer = ask("/predict", "Bearer " + TOKEN);
        }

        assertProblem(answer, 429, "rate: too high (expected: at most 3 requests a second)");
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
        assertThat(ask("/predict", "Bearer " + OTHER).statusCode()).isEqualTo(200);
    }

    @Test
    void aFileOfTokensIsReadAnewWhenItChanges() throws Exception {
        Path file = Files.writeString(folder.resolve("tokens"), "shop " + TOKEN + "\n");
        serve(Map.of("LAUREL_TOKENS_FILE", file.toString()));
        assertThat(ask("/predict", "Bearer " + TOKEN).statusCode()).isEqualTo(200);
        Files.writeString(file, "shop " + OTHER + "\n# new\n");

        await().untilAsserted(() ->
                assertThat(ask("/predict", "Bearer " + OTHER).statusCode()).isEqualTo(200));
        assertThat(ask("/predict", "Bearer " + TOKEN).statusCode()).isEqualTo(401);
    }

    @Test
    void whatIsNoTokenOrCertificateStopsTheStart() {
        assertThatThrownBy(() -> showcase.servingWith(Map.of("LAUREL_TOKENS_FILE", "/nowhere/tokens")))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("LAUREL_TOKENS_FILE: /nowhere/tokens (expected: a file that can be read)");
        assertThatThrownBy(() -> showcase.servingWith(Map.of("LAUREL_TLS_KEY", "/nowhere/key.pem")))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageStartingWith("LAUREL_TLS_CERTIFICATE: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC"})
    void aKeyOfAnotherCertificateIsNotTaken(String algorithm) throws Exception {
        Certificates own = Certificates.of("own", "EC");
        Certificates other = Certificates.of("other", algorithm);
        Map<String, String> mixed = files(own);
        other.keyIn(folder.resolve("tls.key"));

        assertThatThrownBy(() -> showcase.servingWith(mixed))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageStartingWith("LAUREL_TLS_KEY: ")
                .hasMessageContaining("the key of the first certificate of ");
    }

    private URI secure(String path) {
        return URI.create("https://localhost:" + showcase.server().port() + path);
    }

    private static HttpResponse<String> send(SSLContext tls, HttpRequest request) throws Exception {
        return HttpClient.newBuilder().sslContext(tls).build().send(request, BodyHandlers.ofString());
    }

    private HttpRequest prediction() {
        return HttpRequest.newBuilder(secure("/predict"))
                .POST(BodyPublishers.ofString(FLOWER))
                .build();
    }

    private Map<String, String> files(Certificates server) throws Exception {
        return new HashMap<>(Map.of(
                "LAUREL_TLS_CERTIFICATE",
                server.certificateIn(folder.resolve("tls.crt")).toString(),
                "LAUREL_TLS_KEY",
                server.keyIn(folder.resolve("tls.key")).toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC"})
    void tlsSpeaksHttp2AndTakesANewCertificate(String algorithm) throws Exception {
        Certificates first = Certificates.of("first", algorithm);
        showcase.servingWith(files(first));
        HttpRequest ready = HttpRequest.newBuilder(secure("/readyz")).build();
        SSLContext trusting = first.trustedBy(null);
        await().until(() -> send(trusting, ready).statusCode() == 200);
        HttpResponse<String> answer = send(trusting, prediction());

        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        Certificates second = Certificates.of("second", algorithm);
        files(second);
        await().ignoreExceptionsInstanceOf(SSLException.class)
                .until(() -> send(second.trustedBy(null), prediction()).statusCode() == 200);
        assertThatThrownBy(() -> send(first.trustedBy(null), prediction())).isInstanceOf(SSLException.class);
    }

    @Test
    void predictionsNeedACertificateWhereClientsHaveThem() throws Exception {
        Certificates server = Certificates.of("server", "EC");
        Certificates shop = Certificates.of("shop", "EC");
        Map<String, String> variables = files(server);
        variables.put(
                "LAUREL_TLS_CLIENTS",
                shop.certificateIn(folder.resolve("clients.crt")).toString());
        variables.put("LAUREL_GRPC_PORT", "0");
        showcase.servingWith(variables);
        HttpRequest ready = HttpRequest.newBuilder(secure("/readyz")).build();
        await().until(() -> send(server.trustedBy(null), ready).statusCode() == 200);

        assertProblem(
                send(server.trustedBy(null), prediction()),
                401,
                "caller: unknown (expected: a certificate of a client)");
        assertThat(send(server.trustedBy(shop), prediction()).statusCode()).isEqualTo(200);
        // Nobody that the server names has signed it, so the client keeps it to itself.
        assertThat(send(server.trustedBy(Certificates.of("stranger", "EC")), prediction())
                        .statusCode())
                .isEqualTo(401);
        assertThat(grpc(TlsChannelCredentials.newBuilder()
                        .trustManager(folder.resolve("tls.crt").toFile())
                        .build()))
                .isEqualTo(Status.Code.UNAUTHENTICATED);
        // A request that is empty is let in, and found to be empty.
        assertThat(grpc(TlsChannelCredentials.newBuilder()
                        .trustManager(folder.resolve("tls.crt").toFile())
                        .keyManager(
                                shop.certificateIn(folder.resolve("shop.crt")).toFile(),
                                shop.pkcs8In(folder.resolve("shop.key")).toFile())
                        .build()))
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    private Status.Code grpc(ChannelCredentials credentials) throws Exception {
        ManagedChannel channel = NettyChannelBuilder.forAddress(
                        "localhost", showcase.server().grpcPort().orElseThrow(), credentials)
                .build();
        try {
            var client = GRPCInferenceServiceGrpc.newBlockingStub(channel).withDeadlineAfter(10, TimeUnit.SECONDS);
            assertThat(client.serverLive(ServerLiveRequest.getDefaultInstance()).getLive())
                    .isTrue();
            client.modelInfer(
                    ModelInferRequest.newBuilder().setModelName("petals").build());
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        } finally {
            channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
        }
    }

    @Test
    void http2WithoutTlsForThoseWhoBeginWithIt() {
        serve(Map.of());
        // The preface, and an empty frame of settings; the answer begins with settings of the server.
        try (RawClient client = RawClient.to(showcase.server().port())) {
            client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            client.send(new byte[] {0, 0, 0, 4, 0, 0, 0, 0, 0});
            // And one that ends the connection.
            client.send(new byte[] {0, 0, 8, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
            byte[] answer = client.answer().getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
            assertThat(answer).hasSizeGreaterThan(9);
            assertThat(answer[3]).as("the type of the first frame: settings").isEqualTo((byte) 4);
        }
        assertThat(showcase.get("/models").version()).isEqualTo(HttpClient.Version.HTTP_1_1);
    }

    @Test
    void limitsAreSettings() {
        serve(Map.of("LAUREL_LIMIT_BODY", "1000", "LAUREL_LIMIT_ROWS", "1"));

        assertProblem(
                showcase.post("/predict", "x".repeat(1001)), 413, "body: too large (expected: at most 1000 bytes)");
        assertProblem(
                showcase.post("/predict", "{\"features\": [[1, 2, 3, 4], [1, 2, 3, 4]]}"),
                400,
                "features: 2 (expected: at most 1 in one request)");
        assertThat(List.of(
                        showcase.json("/openapi.json").at("/info/description").asText()))
                .first()
                .asString()
                .contains("at most 1000 bytes", "at most 1 rows");
    }
}
