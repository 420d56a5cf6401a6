package dev.laurel.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A page in Chromium that a test types into and looks at, by the DevTools protocol. */
final class Browser implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final WebSocket socket;
    private final BlockingQueue<String> messages;
    private int asked;

    private Browser(Process process, WebSocket socket, BlockingQueue<String> messages) {
        this.process = process;
        this.socket = socket;
        this.messages = messages;
    }

    /** @param command the program with its options, without what this adds to it */
    static Browser at(URI page, List<String> command, Path profile) {
        List<String> whole = new ArrayList<>(command);
        whole.addAll(List.of("--user-data-dir=" + profile, "--remote-debugging-port=0", "about:blank"));
        try {
            Process process = new ProcessBuilder(whole)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            BlockingQueue<String> messages = new LinkedBlockingQueue<>();
            HttpClient client = HttpClient.newHttpClient();
            Path port = profile.resolve("DevToolsActivePort");
            await().atMost(PATIENCE)
                    .until(() -> Files.exists(port)
                            && Files.readAllLines(port, UTF_8).size() > 1);
            URI create = URI.create("http://127.0.0.1:%s/json/new?about:blank"
                    .formatted(Files.readAllLines(port, UTF_8).get(0)));
            String tab = client.send(
                            HttpRequest.newBuilder(create)
                                    .PUT(HttpRequest.BodyPublishers.noBody())
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
            WebSocket socket = client.newWebSocketBuilder()
                    .buildAsync(
                            URI.create(JSON.readTree(tab)
                                    .get("webSocketDebuggerUrl")
                                    .asText()),
                            new Listener(messages))
                    .join();
            Browser browser = new Browser(process, socket, messages);
            browser.call("Page.navigate", Map.of("url", page.toString()));
            return browser;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Browser wide(int pixels) {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", pixels, "height", 900, "deviceScaleFactor", 1, "mobile", false));
        return this;
    }

    Browser dark() {
        call(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
        return this;
    }

    /** What an expression of JavaScript gives. */
    JsonNode evaluate(String expression) {
        JsonNode result = call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
        assertThat(result.has("exceptionDetails")).as("%s", result).isFalse();
        return result.at("/result/value");
    }

    /** Waits for it to be true. */
    void until(String expression) {
        await(expression).atMost(PATIENCE).until(() -> evaluate(expression).asBoolean());
    }

    /** The whole page, for people to look at. */
    void picture(Path file) {
        JsonNode picture = call("Page.captureScreenshot", Map.of("captureBeyondViewport", true));
        try {
            Files.write(file, Base64.getDecoder().decode(picture.get("data").asText()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode call(String method, Map<String, ?> parameters) {
        int id = ++asked;
        try {
            socket.sendText(JSON.writeValueAsString(Map.of("id", id, "method", method, "params", parameters)), true)
                    .join();
            while (true) {
                String message = messages.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                assertThat(message).as("answer to %s", method).isNotNull();
                JsonNode answer = JSON.readTree(message);
                if (answer.path("id").asInt() == id) {
                    assertThat(answer.has("error")).as("%s", answer).isFalse();
                    return answer.get("result");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Puts the messages together from their parts. */
    private static final class Listener implements WebSocket.Listener {
        private final BlockingQueue<String> messages;
        private final StringBuilder part = new StringBuilder();

        Listener(BlockingQueue<String> messages) {
            this.messages = messages;
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                messages.add(part.toString());
                part.setLength(0);
            }
            socket.request(1);
            return null;
        }
    }
}
