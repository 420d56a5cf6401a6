package dev.laurel.server;

import static dev.laurel.server.PredictionTest.assertProblem;
import static dev.laurel.server.Showcase.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.git.serve.ServerAccess;
import dev.laurel.registry.RegistryHttp;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the servlets of the models repository say no with: in the form that Git, git-lfs and everybody else read. */
class GitErrorsTest {
    private static final String REFS = "/git/models.git/info/refs?service=git-upload-pack";
    private static final String OBJECTS = "/git/models.git/info/lfs/objects/";
    private static final String NEEDED = "a token is needed here, as the password of any user";

    @TempDir
    Path folder;

    Showcase showcase;

    @BeforeEach
    void serve() {
        showcase = Showcase.in(folder);
        showcase.serving(
                new RegistryHttp(showcase.registry, ServerAccess.token("a-token-of-some-length", true)).servlets());
    }

    @AfterEach
    void close() {
        showcase.close();
    }

    private HttpResponse<String> send(String method, String path, String client, String body) {
        return showcase.send(HttpRequest.newBuilder(showcase.uri(path))
                .method(method, BodyPublishers.ofString(body))
                .header("User-Agent", client)
                .build());
    }

    private static String type(HttpResponse<String> answer) {
        return answer.headers().firstValue("Content-Type").orElse("none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"git/2.39.5", "JGit/7.4.0", "git/2.0 (libgit2 1.9.0)"})
    void gitShowsPlainTextToItsUser(String client) {
        HttpResponse<String> answer = send("GET", REFS, client, "");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(type(answer)).startsWith("text/plain");
        assertThat(answer.body()).isEqualTo(NEEDED + "\n");
        assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"curl/8.5.0", "Mozilla/5.0", "digit/1"})
    void othersGetAProblem(String client) {
        HttpResponse<String> answer = send("GET", REFS, client, "");

        assertProblem(answer, 401, NEEDED);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "POST,   batch, 401",
        "GET,    0000000000000000000000000000000000000000000000000000000000000000, 401",
        "PUT,    0000000000000000000000000000000000000000000000000000000000000000, 401",
        "POST,   other, 404",
        "DELETE, 0000000000000000000000000000000000000000000000000000000000000000, 405"
    })
    void gitLfsGetsItsOwnForm(String method, String path, int status) {
        HttpResponse<String> answer = send(
                method,
                OBJECTS + path,
                "git-lfs/3.3.0",
                "{\"operation\": \"download\", \"objects\": [], \"transfers\": []}");

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(type(answer)).isEqualTo("application/vnd.git-lfs+json");
        assertThat(json(answer).path("message").asText()).isNotEmpty();
        assertThat(answer.headers().firstValue("LFS-Authenticate").isPresent()).isEqualTo(status == 401);
    }

    @Test
    void aRepositoryThatIsNotHereIsAProblem() {
        HttpResponse<String> answer = showcase.send(HttpRequest.newBuilder(showcase.uri("/git/other.git/info/refs"))
                .header("Authorization", "Bearer a-token-of-some-length")
                .build());

        assertThat(answer.statusCode()).isIn(403, 404);
        assertThat(type(answer)).isEqualTo("application/problem+json");
    }
}
