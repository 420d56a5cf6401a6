package dev.laurel.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No line that a person reads carries the name of a class or a library's advice, whatever went wrong. */
class MessagesTest {
    @TempDir
    private Path folder;

    private HttpServer host;

    @BeforeEach
    void startAHostThatIsNone() throws IOException {
        host = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        host.createContext("/missing", exchange -> {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        host.createContext("/broken", exchange -> {
            byte[] text = "java.lang.NullPointerException: at com.example.Host".getBytes(UTF_8);
            exchange.sendResponseHeaders(200, text.length);
            exchange.getResponseBody().write(text);
            exchange.close();
        });
        host.start();
    }

    @AfterEach
    void stop() {
        host.stop(0);
    }

    /** Each of these was looked at: its message is ours from the first word to the last. A new one is to be added, with a failure below. */
    @Test
    void theseAreAllOurExceptions() {
        List<String> ours = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.laurel").stream()
                        .filter(type -> type.isAssignableTo(Throwable.class))
                        .map(JavaClass::getSimpleName)
                        .sorted()
                        .toList();

        assertThat(ours)
                .containsExactly(
                        "CannotMeasureException",
                        "DatabaseException",
                        "ExceededException",
                        "FeedbackUnavailableException",
                        "ForgeException",
                        "HostException",
                        "HttpFailure",
                        "InvalidDocumentException",
                        "InvalidModelFileException",
                        "InvalidTextException",
                        "InvalidValueException",
                        "LfsObjectException",
                        "OtherShapeException",
                        "RefusedEntryException",
                        "RegistryException",
                        "SlowException",
                        "SourceException",
                        "StoppedException",
                        "UnansweredException",
                        "UnknownOutcomeException");
    }

    @Test
    void hostsThatCannotBeReached() {
        String port = "127.0.0.1:" + host.getAddress().getPort();
        assertThat(said("status", "--repo", "http://127.0.0.1:1/models.git")).contains("refused");
        assertThat(said("status", "--repo", "http://no-such-host.invalid/models.git"))
                .contains("no such host: no-such-host.invalid");
        assertThat(said("status", "--repo", "ssh://git@no-such-host.invalid/models.git"))
                .contains("no-such-host.invalid");
        assertThat(said("status", "--repo", "http://" + port + "/missing/models.git"))
                .contains("no repository there");
        said("status", "--repo", "http://" + port + "/broken/models.git");
    }

    @Test
    void aHostThatSpeaksNoTls() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread answering = new Thread(() -> answer(plain));
            answering.start();
            assertThat(said("status", "--repo", "https://127.0.0.1:" + plain.getLocalPort() + "/models.git"))
                    .contains("no secure connection");
        }
    }

    private static void answer(ServerSocket plain) {
        while (!plain.isClosed()) {
            try (Socket client = plain.accept()) {
                client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(UTF_8));
                client.shutdownOutput();
                client.getInputStream().readAllBytes();
            } catch (IOException gone) {
                // Whoever asked has seen enough, or the test is over.
            }
        }
    }

    @Test
    void foldersThatCannotBeUsed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "no folder");
        said("init", "--offline", "--repo", file.resolve("models.git"));
        said("init", "--offline", "--repo", "/proc/laurel/models.git");
        said("status", "--repo", file);
        said("status", "--repo", "/proc/laurel\u0000");
        said("up", "--offline", "--port", "0", "--home", "/proc/laurel");
        said("serve", "--host", "no-such-host.invalid", "--port", "0", "--repo", file);
    }

    @Test
    void filesThatAreNotWhatTheyShouldBe() throws IOException {
        Path bare = Showcase.withOneVersion(folder);
        List<Path> broken = new ArrayList<>();
        broken.add(write("not.yaml", "a: [b\nc: }".getBytes(UTF_8)));
        broken.add(write("tag.yaml", "!!javax.script.ScriptEngineManager [a]".getBytes(UTF_8)));
        broken.add(write("long.yaml", ("a: " + "1".repeat(5_000)).getBytes(UTF_8)));
        broken.add(write("marked.yaml", "\uFEFFmodel: daily\n".getBytes(UTF_8)));
        broken.add(write("latin.yaml", new byte[] {'a', ':', ' ', (byte) 0xe4, (byte) 0xff, 0}));
        broken.add(write("cut.zip", cutZip()));
        broken.add(write("empty", new byte[0]));
        broken.add(folder);
        broken.add(folder.resolve("missing"));
        for (Path file : broken) {
            said("register", "daily", "--repo", bare, "--file", file, "--report", file, "--provenance", file);
        }
        assertThat(said(
                        "register",
                        "daily",
                        "--repo",
                        bare,
                        "--file",
                        model(bare),
                        "--report",
                        broken.get(3),
                        "--provenance",
                        broken.get(3)))
                .contains("byte order mark");
    }

    @Test
    void aModelsRepositoryThatIsDamaged() throws IOException {
        Path bare = Showcase.withOneVersion(folder);
        try (var files = Files.walk(bare)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(each -> each.toString().contains("objects"))
                    .toList()) {
                assertThat(file.toFile().setWritable(true)).isTrue();
                Files.write(file, new byte[] {1, 2, 3});
            }
        }
        for (String command : List.of("status", "models", "verify")) {
            said(command, "--repo", bare);
        }
        for (String command : List.of("versions", "show", "log", "train", "rollback", "diff")) {
            said(command, "daily", "--repo", bare);
        }
    }

    private Path model(Path bare) throws IOException {
        try (var files = Files.walk(bare.resolve("lfs"))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> beginsAsZip(file))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static boolean beginsAsZip(Path file) {
        try {
            return Files.readAllBytes(file)[0] == 'P';
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private static byte[] cutZip() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            ZipEntry entry = new ZipEntry("predictor");
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(100);
            CRC32 crc = new CRC32();
            crc.update(new byte[100]);
            entry.setCrc(crc.getValue());
            zip.putNextEntry(entry);
            zip.write(new byte[100]);
        }
        return Arrays.copyOf(bytes.toByteArray(), 70);
    }

    private static String said(Object... line) {
        Laurel laurel = Laurel.run(line);
        String said = laurel.out() + laurel.err();
        assertThat(laurel.exit()).as(List.of(line) + ": " + said).isNotZero();
        assertThat(said)
                .as(List.of(line).toString())
                .isNotBlank()
                .doesNotContain("a mistake in Laurel", "`Json", "Feature", "null")
                .doesNotContainPattern("[a-z]+\\.[a-z]+\\.[A-Z]\\w+")
                .doesNotContainPattern("\\b\\w+(Exception|Error)\\b");
        return said;
    }
}
