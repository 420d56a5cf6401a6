package dev.laurel.registry.showcase;

import static org.awaitility.Awaitility.await;

import dev.laurel.registry.Registry;
import java.io.IOException;
import java.nio.file.Path;

/** A models repository behind a server that is a process of its own, and can be killed. */
public final class ServerProcess implements AutoCloseable {
    private final JavaProcess process;
    private final int port;

    private ServerProcess(JavaProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /** @param port to serve at, as before it was killed; 0 for any free one */
    public static ServerProcess start(Path bare, int port) throws IOException {
        JavaProcess process = JavaProcess.start(ServerProcess.class, bare.toString(), Integer.toString(port));
        return new ServerProcess(process, Integer.parseInt(process.answer()));
    }

    public int port() {
        return port;
    }

    public String url() {
        return HttpShowcase.url(port);
    }

    public void kill() throws IOException, InterruptedException {
        process.kill();
    }

    @Override
    public void close() throws IOException {
        process.close();
    }

    public static void main(String... arguments) throws IOException {
        Path bare = Path.of(arguments[0]);
        Showcase showcase = new Showcase(bare, Registry.open(bare));
        int port = Integer.parseInt(arguments[1]);
        // The port may be somebody's near end of a connection for a moment.
        try (HttpShowcase server =
                await().ignoreExceptions().until(() -> HttpShowcase.serve(showcase, port), s -> true)) {
            System.out.println(server.port());
            // The test has the other end; however the test ends, this does too.
            System.in.transferTo(System.out);
        }
    }
}
