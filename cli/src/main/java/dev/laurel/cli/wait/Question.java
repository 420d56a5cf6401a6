package dev.laurel.cli.wait;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.laurel.model.ModelName;
import dev.laurel.program.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Asks a server how far a model is, each time by a connection of its own: a balancer gives each connection to one of its replicas. */
final class Question {
    private static final int PATIENCE_MILLIS = 5_000;
    private static final int LARGEST_ANSWER = 1 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The patience of a connection is for each byte; who waits has it for the whole answer, and goes on without one that never ends. */
    private static final ExecutorService ASKING = Executors.newCachedThreadPool(task -> {
        Thread asking = new Thread(task, "wait");
        asking.setDaemon(true);
        return asking;
    });

    private final ModelName model;
    private final Clock clock;

    Question(ModelName model, Clock clock) {
        this.model = model;
        this.clock = clock;
    }

    /** The servers behind an address: one at each address of the name. Certificates are for names, so by https it is the name itself. */
    static List<URI> servers(URI address) throws IOException {
        if (!"http".equals(address.getScheme())) {
            return List.of(address);
        }
        List<URI> servers = new ArrayList<>();
        try {
            for (InetAddress each : InetAddress.getAllByName(address.getHost())) {
                if (each.isLoopbackAddress()) {
                    return List.of(address);
                }
                String host = each.getHostAddress().replaceFirst("%.*", "");
                servers.add(new URI("http", null, host, address.getPort(), address.getPath(), null, null));
            }
        } catch (UnknownHostException e) {
            throw new IOException("unknown host", e);
        } catch (URISyntaxException e) {
            return List.of(address);
        }
        return servers.size() == 1 ? List.of(address) : servers;
    }

    /** @throws IOException in words why there is no answer */
    Told ask(URI server) throws IOException {
        try {
            return ASKING.submit(() -> answer(server)).get(2L * PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("no answer in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException wrong) {
                throw wrong;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private Told answer(URI server) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create(server + "/models/" + model + "/sync").toURL().openConnection();
        connection.setConnectTimeout(PATIENCE_MILLIS);
        connection.setReadTimeout(PATIENCE_MILLIS);
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setRequestProperty("Connection", "close");
        try {
            int status = connection.getResponseCode();
            byte[] body = body(status < 400 ? connection.getInputStream() : connection.getErrorStream());
            JsonNode answer = JSON.readTree(new String(body, UTF_8));
            if (status != 200) {
                throw new IOException(answer.path("detail").asText("status %s (expected: 200)".formatted(status)));
            }
            if (answer.path("instance").asText("").isEmpty()) {
                throw new IOException("no server of Laurel, or an older one");
            }
            return new Told(server, answer, clock.instant());
        } catch (JacksonException e) {
            throw new IOException("no server of Laurel, or an older one", e);
        } catch (IOException e) {
            throw new IOException(Reason.of(e), e);
        } finally {
            connection.disconnect();
        }
    }

    private static byte[] body(@Nullable InputStream stream) throws IOException {
        if (stream == null) {
            return new byte[0];
        }
        try (stream) {
            return stream.readNBytes(LARGEST_ANSWER);
        }
    }
}
