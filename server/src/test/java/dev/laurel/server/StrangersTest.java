package dev.laurel.server;

import static dev.laurel.server.Showcase.PRODUCTION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.registry.RegistryHttp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a page of another site tries by way of the browser of somebody who runs a server. */
class StrangersTest {
    private static final String LFS = "application/vnd.git-lfs+json";

    @TempDir
    Path folder;

    Showcase showcase;

    @BeforeEach
    void serve() {
        showcase = Showcase.in(folder);
        showcase.serving(new RegistryHttp(showcase.registry).servlets());
    }

    @AfterEach
    void close() {
        showcase.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /models",
                "GET /",
                "GET /metrics",
                "GET /predictionForTomorrow",
                "POST /models/spy-direction/predict",
                "GET /git/models.git/info/refs?service=git-receive-pack",
                "POST /git/models.git/git-receive-pack",
                "POST /git/models.git/info/lfs/objects/batch",
                "PUT /git/models.git/info/lfs/objects/0123456789012345678901234567890123456789012345678901234567890123"
            })
    void aNameThatWasMadeToPointHereIsMisdirected(String request) {
        String answer = ask(request + " HTTP/1.1", "Host: evil.example.com:" + port());

        assertThat(answer)
                .startsWith("HTTP/1.1 421 ")
                .contains("application/problem+json")
                .contains(
                        "\"detail\":\"host: evil.example.com:%d (expected: localhost, or a name that this server was given;"
                                .formatted(port()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST.", "127.0.0.1", "127.1.2.3", "[::1]", "localhost:8080", "[::1]:80"})
    void ownNamesAreAnswered(String host) {
        assertThat(ask("GET /models HTTP/1.1", "Host: " + host)).startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost.evil.example.com",
                "127.0.0.1.evil.example.com",
                "evil-localhost",
                "192.0.2.7",
                "[2001:db8::7]",
                "[::ffff:192.0.2.7]",
                "2130706433",
                "0.0.0.0"
            })
    void namesThatLookLikeOwnOnesAreNot(String host) {
        assertThat(ask("GET /models HTTP/1.1", "Host: " + host)).startsWith("HTTP/1.1 421 ");
    }

    @Test
    void theNameInTheRequestLineCountsToo() {
        assertThat(ask("GET http://evil.example.com/models HTTP/1.1", "Host: localhost"))
                .doesNotStartWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/healthz", "/readyz"})
    void probesComeUnderAnyName(String path) {
        assertThat(ask("GET " + path + " HTTP/1.1", "Host: 10.1.2.3:8080"))
                .startsWith("HTTP/1.1 ")
                .doesNotContain(" 421 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: https://evil.example.com",
                "Origin: null",
                "Origin: http://localhost:1",
                "Origin: http://localhost",
                "Origin: http://localhost.evil.example.com:PORT",
                "Origin: file://",
                "Sec-Fetch-Site: cross-site"
            })
    void aPageOfAnotherSiteChangesNothing(String header) {
        for (String path : new String[] {
            "POST /models/spy-direction/predict",
            "POST /git/models.git/git-receive-pack",
            "PUT /git/models.git/info/lfs/objects/0123456789012345678901234567890123456789012345678901234567890123"
        }) {
            String answer = ask(
                    path + " HTTP/1.1",
                    "Host: localhost:" + port(),
                    header.replace("PORT", Integer.toString(port())),
                    "Content-Type: text/plain");

            assertThat(answer)
                    .as(path)
                    .startsWith("HTTP/1.1 403 ")
                    .contains("application/problem+json", "pages of other sites may change nothing here");
        }
    }

    @Test
    void theOwnPageAndOneBehindAProxyWithTlsMayAsk() {
        for (String origin : new String[] {"http://localhost:" + port(), "http://LOCALHOST:" + port()}) {
            assertThat(ask(
                            "POST /models/nothing/predict HTTP/1.1",
                            "Host: localhost:" + port(),
                            "Origin: " + origin,
                            "Sec-Fetch-Site: same-origin"))
                    .startsWith("HTTP/1.1 404 ");
        }
        assertThat(ask("POST /models/nothing/predict HTTP/1.1", "Host: localhost", "Origin: https://localhost"))
                .startsWith("HTTP/1.1 404 ");
    }

    @Test
    void noPageOfAnotherSiteIsAllowedToReadAnswers() {
        String preflight = ask(
                "OPTIONS /models/spy-direction/predict HTTP/1.1",
                "Host: localhost",
                "Origin: https://evil.example.com",
                "Access-Control-Request-Method: POST");
        String read = ask("GET /models HTTP/1.1", "Host: localhost", "Origin: https://evil.example.com");

        assertThat(preflight + read).doesNotContainIgnoringCase("Access-Control-Allow");
        assertThat(read).contains("Cross-Origin-Resource-Policy: same-origin");
    }

    @Test
    void aRefusedObjectIsNotStoredAndARefusedPushMovesNothing() throws IOException {
        String before = showcase.registry.head().commit();
        String object = "6ca13d52ca70c883e0f0bb101e425a89e8624de51db2d2392593af6a84118090";
        ask(
                "PUT /git/models.git/info/lfs/objects/" + object + " HTTP/1.1",
                "Host: evil.example.com",
                "Accept: " + LFS,
                "Content-Length: 6");

        try (var files = Files.walk(folder.resolve("models.git"))) {
            assertThat(files).noneMatch(file -> file.endsWith(object));
        }
        assertThat(showcase.registry.head().commit()).isEqualTo(before);
    }

    @Test
    void gitClonesAndPushesUnderOwnNames() throws IOException {
        showcase.champion(1);
        String remote = "http://localhost:" + port() + "/git/models.git";
        Path clone = folder.resolve("browserless");
        showcase.git(folder, "clone", "--quiet", remote, clone.toString());
        Files.writeString(clone.resolve("NOTES.md"), "x\n".repeat(100_000));
        showcase.git(clone, "add", "NOTES.md");
        showcase.git(clone, "commit", "--quiet", "-m", "Notes");
        showcase.git(clone, "push", "--quiet", "origin", "HEAD:refs/heads/notes");
    }

    @Test
    void furtherNamesAreGiven() {
        try (Showcase other = Showcase.in(folder.resolve("other"))) {
            other.serving(
                    new ServerSettings("127.0.0.1", 0, PRODUCTION, null, "Predict.Example.com, *.svc.cluster.local,"));
            for (String host : new String[] {"predict.example.com", "a.b.svc.cluster.local:80"}) {
                assertThat(ask(other, "GET /models HTTP/1.1", "Host: " + host)).startsWith("HTTP/1.1 200 ");
            }
            for (String host :
                    new String[] {"svc.cluster.local", "example.com", "a.predict.example.com", "xsvc.cluster.local"}) {
                assertThat(ask(other, "GET /models HTTP/1.1", "Host: " + host)).startsWith("HTTP/1.1 421 ");
            }
        }
    }

    @Test
    void whoeverIsBoundToAllAddressesAnswersToAllAddressesAndNoNames() {
        try (Showcase other = Showcase.in(folder.resolve("other"))) {
            other.serving(new ServerSettings("0.0.0.0", 0, PRODUCTION));

            assertThat(ask(other, "GET /models HTTP/1.1", "Host: 192.0.2.7:30951"))
                    .startsWith("HTTP/1.1 200 ");
            assertThat(ask(other, "GET /models HTTP/1.1", "Host: evil.example.com"))
                    .startsWith("HTTP/1.1 421 ");
        }
    }

    private int port() {
        return showcase.server().port();
    }

    private String ask(String... header) {
        return ask(showcase, header);
    }

    private static String ask(Showcase at, String... header) {
        try (RawClient client = RawClient.to(at.server().port())) {
            String[] lines = new String[header.length + 1];
            System.arraycopy(header, 0, lines, 0, header.length);
            lines[header.length] = "Connection: close";
            return client.header(lines).answer();
        }
    }
}
