package dev.laurel.server;

import static dev.laurel.server.Showcase.PETALS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import inference.GRPCInferenceServiceGrpc;
import inference.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import inference.InferTensorContents;
import inference.ModelInferRequest;
import inference.ModelInferRequest.InferInputTensor;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is asked to stop while clients ask it all the time. */
class FarewellTest {
    @TempDir
    Path folder;

    @Test
    void nothingIsCutUnderLoad() throws Exception {
        Showcase showcase = Showcase.in(folder, PETALS);
        showcase.champion(PETALS, 1);
        showcase.serving();
        await().until(() -> showcase.get("/readyz").statusCode() == 200);
        HttpRequest request = HttpRequest.newBuilder(showcase.uri("/predict"))
                .POST(BodyPublishers.ofString("{\"features\": [5.1, 3.5, 1.4, 0.2]}"))
                .build();
        AtomicInteger answered = new AtomicInteger();
        Queue<Object> wrong = new ConcurrentLinkedQueue<>();
        AtomicBoolean elsewhere = new AtomicBoolean();
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread client = new Thread(() -> {
                HttpClient http = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
                while (!elsewhere.get()) {
                    try {
                        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
                        if (answer.statusCode() != 200) {
                            wrong.add(answer.body());
                        }
                        answered.incrementAndGet();
                    } catch (IOException | InterruptedException e) {
                        wrong.add(e);
                        return;
                    }
                }
            });
            client.start();
            clients.add(client);
        }
        await().until(() -> answered.get() > 200);
        long start = System.nanoTime();
        Thread letting = new Thread(() -> showcase.server().letGo(Duration.ofSeconds(30)));
        letting.start();
        await().until(() -> showcase.get("/readyz").body().contains("the server is about to stop"));
        int before = answered.get();
        await().until(() -> answered.get() > before + 200);
        // What sends requests here has heard of it; what it has sent is answered.
        elsewhere.set(true);
        for (Thread client : clients) {
            client.join(10_000);
        }
        letting.join();
        showcase.close();

        assertThat(wrong).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(25));
    }

    private static boolean listens(URI uri) {
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            return socket.isConnected();
        } catch (IOException gone) {
            return false;
        }
    }

    @Test
    void aRequestThatHasBegunIsAnsweredThoughNobodyListensAnyMore() throws Exception {
        Showcase showcase = Showcase.in(folder, PETALS);
        showcase.champion(PETALS, 1);
        showcase.serving();
        await().until(() -> showcase.get("/readyz").statusCode() == 200);
        URI uri = showcase.uri("/predict");
        byte[] body = "{\"features\": [5.1, 3.5, 1.4, 0.2]}".getBytes(UTF_8);
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            OutputStream out = socket.getOutputStream();
            String head = "POST /predict HTTP/1.1\r\nHost: " + uri.getAuthority()
                    + "\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: " + body.length
                    + "\r\n\r\n";
            out.write(head.getBytes(UTF_8));
            out.flush();
            byte[] begun = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(UTF_8);
            assertThat(socket.getInputStream().readNBytes(begun.length)).isEqualTo(begun);
            out.write(body, 0, 10);
            out.flush();
            Thread closing = new Thread(showcase::close);
            closing.start();
            await().until(() -> !listens(uri));
            out.write(body, 10, body.length - 10);
            out.flush();

            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                    .startsWith("HTTP/1.1 200");
            closing.join();
        }
    }

    /** A call fails only where nobody listens any more: then nothing of it was sent. */
    @Test
    void noCallIsCutUnderLoad() throws Exception {
        Showcase showcase = Showcase.in(folder, PETALS);
        showcase.champion(PETALS, 1);
        showcase.servingWith(Map.of("LAUREL_GRPC_PORT", "0"));
        await().until(() -> showcase.get("/readyz").statusCode() == 200);
        int port = showcase.server().grpcPort().orElseThrow();
        InferTensorContents.Builder flower = InferTensorContents.newBuilder();
        List.of(5.1, 3.5, 1.4, 0.2).forEach(flower::addFp64Contents);
        ModelInferRequest request = ModelInferRequest.newBuilder()
                .setModelName("petals")
                .addInputs(InferInputTensor.newBuilder()
                        .setName("features")
                        .setDatatype("FP64")
                        .addShape(1)
                        .addShape(4)
                        .setContents(flower))
                .build();
        AtomicInteger answered = new AtomicInteger();
        Queue<Object> wrong = new ConcurrentLinkedQueue<>();
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread client = new Thread(() -> {
                ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", port)
                        .usePlaintext()
                        .build();
                GRPCInferenceServiceBlockingStub calls = GRPCInferenceServiceGrpc.newBlockingStub(channel);
                try {
                    while (true) {
                        if (calls.modelInfer(request).getOutputsCount() != 2) {
                            wrong.add("an answer without its outputs");
                        }
                        answered.incrementAndGet();
                    }
                } catch (StatusRuntimeException e) {
                    if (!(rootCause(e) instanceof ConnectException)) {
                        wrong.add(e);
                    }
                } finally {
                    channel.shutdownNow();
                }
            });
            client.start();
            clients.add(client);
        }
        await().until(() -> answered.get() > 200);
        showcase.server().letGo(Duration.ofMillis(200));
        int before = answered.get();
        await().until(() -> answered.get() > before);
        showcase.close();

        for (Thread client : clients) {
            client.join(10_000);
            assertThat(client.isAlive()).isFalse();
        }
        assertThat(wrong).isEmpty();
    }

    private static Throwable rootCause(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
