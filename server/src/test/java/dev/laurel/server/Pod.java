package dev.laurel.server;

import dev.laurel.bytes.ModelBytes;
import dev.laurel.follow.LateRegistry;
import dev.laurel.follow.Proofs;
import dev.laurel.follow.Supply;
import dev.laurel.git.host.Access;
import dev.laurel.git.host.Location;
import dev.laurel.registry.Registry;
import dev.laurel.source.RowStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** A server with a cache of its own that knows the models repository by its address, as {@link ServerMain} puts it together. */
final class Pod implements AutoCloseable {
    private final LateRegistry registry;
    private final PredictionServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    private Pod(LateRegistry registry, PredictionServer server) {
        this.registry = registry;
        this.server = server;
    }

    static Pod start(Path cache, Path pinFile, String repository, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("LAUREL_CACHE", cache.toString());
        environment.put("LAUREL_POLL", "100ms");
        Location location = Location.parse(repository);
        Access access = Access.of(environment);
        LateRegistry registry = LateRegistry.of(() -> Registry.open(location, access));
        boolean signed = "true".equals(environment.get("LAUREL_SIGNED"));
        Supply supply = new Supply(
                registry, ModelBytes.of(environment, registry), Proofs.in(cache.resolve("proofs"), repository, signed));
        RowStore rows = new RowStore(cache.resolve("rows"), true, Clock.systemUTC());
        ServerSettings settings = new ServerSettings("127.0.0.1", 0, Showcase.PRODUCTION, pinFile, "");
        return new Pod(registry, PredictionServer.start(settings, supply, rows, Map.of()));
    }

    /** The address for others' {@code LAUREL_SIBLINGS}. */
    String share() {
        return "127.0.0.1:" + server.share("127.0.0.1", 0);
    }

    boolean isReady() {
        return get("/readyz").statusCode() == 200;
    }

    HttpResponse<String> get(String path) {
        return get(URI.create("http://127.0.0.1:" + server.port() + path));
    }

    HttpResponse<String> get(URI address) {
        try {
            return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.close();
        registry.close();
    }
}
