package dev.laurel.bytes;

import dev.laurel.git.lfs.LfsPointer;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Bytes over HTTP, within a time that grows with their size. By the client that has asked the repository already: {@code java.net.http} would
 * prepare for TLS first, also where none is spoken, and a pod that starts waited up to a second for that.
 */
final class Fetching {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final long SLOWEST_BYTES_PER_SECOND = 200_000;

    private final Duration least;

    Fetching() {
        this(Duration.ofSeconds(5));
    }

    /** @param least what even the smallest may take */
    Fetching(Duration least) {
        this.least = least;
    }

    InputStream get(URI address, Map<String, String> headers, LfsPointer pointer) throws IOException {
        Duration limit = least.plusSeconds(pointer.size() / SLOWEST_BYTES_PER_SECOND);
        long end = System.nanoTime() + limit.toNanos();
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setConnectTimeout((int) CONNECT.toMillis());
        // A read may begin just before the end; this is how much later it ends.
        connection.setReadTimeout((int) least.toMillis());
        // A redirection would lead a pod to where nobody sent it.
        connection.setInstanceFollowRedirects(false);
        headers.forEach(connection::setRequestProperty);
        // Headers may come a byte at a time, each of them soon enough.
        CompletableFuture<Void> stop = CompletableFuture.runAsync(
                connection::disconnect, CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS));
        try {
            int status = connection.getResponseCode();
            if (status == HttpURLConnection.HTTP_OK) {
                if (connection.getHeaderField("Transfer-Encoding") == null && connection.getContentLengthLong() >= 0) {
                    return new Limited(connection.getInputStream(), connection.getContentLengthLong(), limit, end);
                }
                // The end of one in chunks may come a byte at a time for ever, within a single read that nobody can
                // end.
                connection.disconnect();
                throw new IOException("an answer that does not say its length (expected: Content-Length)");
            }
            connection.disconnect();
            String problem = status < 0 ? "an answer that is not HTTP" : "status " + status;
            throw status == HttpURLConnection.HTTP_NOT_FOUND
                    ? new FileNotFoundException(problem)
                    : new IOException(problem);
        } catch (SocketTimeoutException e) {
            throw new SlowException(limit);
        } catch (IOException e) {
            throw System.nanoTime() - end >= 0 ? new SlowException(limit) : e;
        } catch (RuntimeException e) {
            // It finds itself ended in the middle of an answer, and is not made for that.
            throw System.nanoTime() - end >= 0 ? new SlowException(limit) : new IOException(e);
        } finally {
            stop.cancel(false);
        }
    }

    /** Ends when it is time, even if there is always something to read. */
    private static final class Limited extends FilterInputStream {
        private final Duration limit;
        private final long end;
        private long missing;

        Limited(InputStream in, long length, Duration limit, long end) {
            super(in);
            this.missing = length;
            this.limit = limit;
            this.end = end;
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
            } catch (SocketTimeoutException e) {
                throw new SlowException(limit);
            } catch (IOException e) {
                throw System.nanoTime() - end >= 0 ? new SlowException(limit) : e;
            }
            if (System.nanoTime() - end >= 0) {
                throw new SlowException(limit);
            }
            if (n < 0 && missing > 0) {
                // Who was cut off did not lie; this client calls it the end.
                throw new EOFException("cut off, %s bytes before the end".formatted(missing));
            }
            missing -= Math.max(n, 0);
            return n;
        }
    }
}
