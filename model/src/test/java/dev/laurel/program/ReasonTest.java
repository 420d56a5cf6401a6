package dev.laurel.program;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.laurel.model.Version;
import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.concurrent.ExecutionException;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipFile;
import javax.net.ssl.HttpsURLConnection;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Java really throws, in words. */
class ReasonTest {
    @TempDir
    private Path folder;

    @Test
    void aHostThatIsNone() {
        assertThat(said(() -> new Socket("no-such-host.invalid", 1))).isEqualTo("no such host: no-such-host.invalid");
        assertThat(said(() -> get("http://no-such-host.invalid/"))).isEqualTo("no such host");
    }

    @Test
    void aPortThatNobodyListensAt() {
        assertThat(said(() -> new Socket("127.0.0.1", 1))).isEqualTo("Connection refused");
        assertThat(said(() -> get("http://127.0.0.1:1/"))).isEqualToIgnoringCase("connection refused");
        assertThat(said(() -> URI.create("http://127.0.0.1:1/")
                        .toURL()
                        .openConnection()
                        .getInputStream()))
                .startsWith("Connection refused");
    }

    @Test
    void aHostThatDoesNotAnswer() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            assertThat(said(() -> get("http://127.0.0.1:" + silent.getLocalPort())))
                    .isEqualTo("no answer in time");
            assertThat(said(() -> {
                        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), silent.getLocalPort())) {
                            socket.setSoTimeout(50);
                            socket.getInputStream().read();
                        }
                    }))
                    .isEqualTo("no answer in time");
        }
    }

    @Test
    void aPortThatSpeaksNoTls() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread answering = new Thread(() -> {
                try (Socket client = plain.accept()) {
                    client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(US_ASCII));
                    client.getInputStream().readNBytes(1);
                } catch (IOException gone) {
                    // Whoever asked has seen enough.
                }
            });
            answering.start();
            assertThat(said(() -> {
                        HttpsURLConnection connection =
                                (HttpsURLConnection) URI.create("https://127.0.0.1:" + plain.getLocalPort())
                                        .toURL()
                                        .openConnection();
                        connection.getInputStream();
                    }))
                    .startsWith("no secure connection: ");
            answering.join();
        }
    }

    @Test
    void filesThatCannotBeUsed() throws IOException {
        Path missing = folder.resolve("missing");
        Path file = Files.writeString(folder.resolve("file"), "no folder");
        assertThat(said(() -> Files.readString(missing))).isEqualTo("no such file: " + missing);
        assertThat(said(() -> new FileInputStream(missing.toFile())))
                .isEqualTo(missing + " (No such file or directory)");
        assertThat(said(() -> Files.createFile(file))).isEqualTo("there is one already: " + file);
        assertThat(said(() -> Files.createFile(file.resolve("below"))))
                .isEqualTo(file.resolve("below") + ": Not a directory");
        assertThat(said(() -> Files.list(file))).isEqualTo("not a folder: " + file);
        assertThat(said(() -> Files.delete(folder))).isEqualTo("folder is not empty: " + folder);
        assertThat(said(() -> Files.writeString(Path.of("/proc/laurel"), "read-only")))
                .contains("/proc/laurel");
    }

    @Test
    void bytesThatAreNotWhatTheyShouldBe() throws IOException {
        Path zip = Files.writeString(folder.resolve("a.zip"), "no ZIP at all");
        said(() -> new ZipFile(zip.toFile()));
        said(() -> new GZIPInputStream(new ByteArrayInputStream(new byte[20])));
        assertThat(said(() -> new GZIPInputStream(new ByteArrayInputStream(new byte[0]))))
                .isEqualTo("it ends too early");
        assertThat(said(() -> new ObjectMapper().readTree("{\"a\": NaN}"))).isEqualTo("not as expected");
        assertThat(said(() -> LocalDate.parse("yesterday")))
                .isEqualTo("Text 'yesterday' could not be parsed at index 0");
    }

    @Test
    void mistakesOfOurOwn() {
        assertThat(said(() -> Path.class.cast("text"))).isEqualTo("an error of the program's own");
        assertThat(said(() -> deeper(0))).isEqualTo("nested too deep for this machine");
        assertThat(said(() -> Class.forName("dev.laurel.Nobody"))).isEqualTo("an error of the program's own");
        assertThat(said(() -> {
                    throw new IllegalStateException("dev.laurel.run.Candidate$1: java.io.IOException: it is full");
                }))
                .isEqualTo("it is full");
    }

    @Test
    void whatIsAroundACauseSaysNothing() {
        IOException cause = new IOException("the disk is full");
        assertThat(Reason.of(new UncheckedIOException(cause))).isEqualTo("the disk is full");
        assertThat(Reason.of(new RuntimeException(new ExecutionException(cause))))
                .isEqualTo("the disk is full");
        assertThat(said(() -> Version.parse("seven"))).isEqualTo("version: seven (expected: v1, v2, ...)");
    }

    @Test
    void itIsOneLineOfADecentLength() {
        assertThat(Reason.of(new IOException("a\nb\u0000" + "c".repeat(100_000))))
                .startsWith("a b c")
                .hasSizeLessThan(600);
    }

    private static int deeper(int depth) {
        return deeper(depth + 1) + 1;
    }

    private static void get(String uri) throws Exception {
        HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(uri))
                                .timeout(Duration.ofMillis(500))
                                .build(),
                        BodyHandlers.ofString());
    }

    private static String said(ThrowingCallable failing) {
        Throwable failure = catchThrowable(failing);
        assertThat(failure).isNotNull();
        assertThat(Reason.of(failure))
                .isNotBlank()
                .doesNotContainPattern("[a-z]+\\.[a-z]+\\.[A-Z]\\w+")
                .doesNotContainPattern("\\b\\w+(Exception|Error)\\b");
        return Reason.of(failure);
    }
}
