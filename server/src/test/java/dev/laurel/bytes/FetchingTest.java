package dev.laurel.bytes;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.git.lfs.LfsPointer;
import dev.laurel.model.Digest;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A source that answers, answers otherwise, or keeps a pod waiting. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class FetchingTest {
    private static final byte[] CONTENT = {1, 2, 3};
    private static final LfsPointer POINTER = new LfsPointer(Digest.of(CONTENT), CONTENT.length);

    ServerSocket source;

    @BeforeEach
    void listen() throws IOException {
        source = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        source.close();
    }

    @Test
    void whatIsThereComesWhole() throws IOException {
        answer(out -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n".getBytes(US_ASCII));
            out.write(CONTENT);
        });

        assertThat(fetch(Duration.ofSeconds(5))).isEqualTo(CONTENT);
    }

    @Test
    void whatIsNotThereIsSaidToBeMissingAndAnythingElseIsAnError() {
        answer(out -> out.write("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".getBytes(US_ASCII)));
        assertThatThrownBy(() -> fetch(Duration.ofSeconds(5))).isInstanceOf(FileNotFoundException.class);

        answer(out -> out.write(
                "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n".getBytes(US_ASCII)));
        assertThatThrownBy(() -> fetch(Duration.ofSeconds(5)))
                .isInstanceOf(IOException.class)
                .hasMessage("status 302");
    }

    @Test
    void silenceIsSlow() {
        answer(out -> TimeUnit.MINUTES.sleep(1));

        assertThatThrownBy(() -> fetch(Duration.ofMillis(200))).isInstanceOf(SlowException.class);
    }

    @Test
    void headersThatComeByAndByAreSlow() {
        answer(out -> dripForEver("HTTP/1.1 200 OK\r\nX-Long: ", out));

        assertThatThrownBy(() -> fetch(Duration.ofMillis(300))).isInstanceOf(SlowException.class);
    }

    @Test
    void bytesThatComeByAndByAreSlow() {
        answer(out -> dripForEver("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n", out));

        assertThatThrownBy(() -> fetch(Duration.ofMillis(300))).isInstanceOf(SlowException.class);
    }

    @Test
    void anAnswerWhoseEndMayNeverComeIsRefused() {
        answer(out -> dripForEver("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n", out));

        assertThatThrownBy(() -> fetch(Duration.ofSeconds(5)))
                .isInstanceOf(IOException.class)
                .hasMessage("an answer that does not say its length (expected: Content-Length)");
    }

    @Test
    void whoIsCutOffHasGivenNoWrongBytes() {
        answer(out -> out.write("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nx".getBytes(US_ASCII)));

        assertThatThrownBy(() -> fetch(Duration.ofSeconds(5)))
                .isInstanceOf(EOFException.class)
                .hasMessage("cut off, 2 bytes before the end");
    }

    private static void dripForEver(String begin, OutputStream out) throws IOException, InterruptedException {
        out.write(begin.getBytes(US_ASCII));
        while (true) {
            out.write('x');
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private byte[] fetch(Duration least) throws IOException {
        URI address = URI.create("http://127.0.0.1:" + source.getLocalPort() + "/bytes");
        try (InputStream in = new Fetching(least).get(address, Map.of(), POINTER)) {
            return in.readAllBytes();
        }
    }

    private interface Answer {
        void to(OutputStream out) throws IOException, InterruptedException;
    }

    /** To the next connection. */
    private void answer(Answer answer) {
        Thread thread = new Thread(() -> {
            try (Socket connection = source.accept();
                    OutputStream out = connection.getOutputStream()) {
                connection.getInputStream().read(new byte[8192]);
                answer.to(out);
            } catch (IOException | InterruptedException e) {
                // Nobody listens any more.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
