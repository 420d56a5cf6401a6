package dev.laurel.bytes;

import dev.laurel.git.lfs.LfsPointer;
import java.io.FileNotFoundException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Bytes over HTTP, within a time that grows with their size. */
final class Fetching {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final long SLOWEST_BYTES_PER_SECOND = 200_000;

    private final Duration least;
    private @Nullable HttpClient client;

    Fetching() {
        this(Duration.ofSeconds(5));
    }

    /** @param least what even the smallest may take */
    Fetching(Duration least) {
        this.least = least;
    }

    /** Made when it is needed: a server with the repository on disk fetches nothing, and starts sooner without. */
    private synchronized HttpClient client() {
        HttpClient made = client;
        if (made == null) {
            made = HttpClient.newBuilder()
                    .connectTimeout(CONNECT)
                    // A redirection would lead a pod to where nobody sent it.
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .version(HttpClient.Version.HTTP_1_1)
                    .build();
            client = made;
        }
        return made;
    }

    InputStream get(URI address, Map<String, String> headers, LfsPointer pointer) throws IOException {
        Duration limit = least.plusSeconds(pointer.size() / SLOWEST_BYTES_PER_SECOND);
        long start = System.nanoTime();
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(limit);
        headers.forEach(request::setHeader);
        HttpResponse<InputStream> answer;
        try {
            answer = client().send(request.build(), BodyHandlers.ofInputStream());
        } catch (HttpTimeoutException e) {
            throw new SlowException(limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        if (answer.statusCode() != 200) {
            answer.body().close();
            String problem = "status " + answer.statusCode();
            throw answer.statusCode() == 404 ? new FileNotFoundException(problem) : new IOException(problem);
        }
        return new Limited(answer.body(), limit, limit.minusNanos(System.nanoTime() - start));
    }

    /** Ends a read that waits for bytes which do not come. */
    private static final class Limited extends FilterInputStream {
        private final Duration limit;
        private final CompletableFuture<Void> end;
        private volatile boolean over;

        Limited(InputStream in, Duration limit, Duration left) {
            super(in);
            this.limit = limit;
            this.end = CompletableFuture.runAsync(
                    this::stop, CompletableFuture.delayedExecutor(Math.max(1, left.toMillis()), TimeUnit.MILLISECONDS));
        }

        private void stop() {
            over = true;
            try {
                in.close();
            } catch (IOException e) {
                // Whoever reads is told that it was too slow.
            }
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int n;
            try {
                n = in.read(bytes, from, length);
            } catch (IOException e) {
                throw over ? new SlowException(limit) : e;
            }
            if (over) {
                throw new SlowException(limit);
            }
            return n;
        }

        @Override
        public void close() throws IOException {
            end.cancel(false);
            super.close();
        }
    }
}
