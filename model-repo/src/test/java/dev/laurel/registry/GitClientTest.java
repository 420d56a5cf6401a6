package dev.laurel.registry;

import static dev.laurel.registry.showcase.Showcase.PRODUCTION;
import static dev.laurel.registry.showcase.Showcase.SPY;
import static dev.laurel.registry.showcase.Showcase.v;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.git.serve.GitServlets;
import dev.laurel.git.serve.PushCheck;
import dev.laurel.git.serve.ServerAccess;
import dev.laurel.model.Digest;
import dev.laurel.registry.outcome.Hold;
import dev.laurel.registry.showcase.CommandLine;
import dev.laurel.registry.showcase.HttpShowcase;
import dev.laurel.registry.showcase.Showcase;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What C git and git-lfs do with a models repository that is served over HTTP, or lies on the same disk. */
class GitClientTest {
    private static final String V1 = "models/spy-direction/versions/00/v1/spy-direction.model";
    private static final String PIN = "environments/production/spy-direction/champion.yaml";

    @TempDir
    Path folder;

    HttpShowcase http;
    Showcase showcase;

    @BeforeEach
    void serve() {
        http = HttpShowcase.in(folder);
        showcase = http.showcase().withVersions(2);
        showcase.promote(1);
        showcase.promote(2);
    }

    @AfterEach
    void close() {
        http.close();
    }

    @Test
    void aPlainCloneFetchesNoBytesAndAFullPullFetchesAll() throws Exception {
        CommandLine clone = http.cloned();

        assertThat(clone.folder().resolve(V1)).content().startsWith("version https://git-lfs.github.com/spec/v1\n");
        assertThat(clone.folder().resolve(".git/lfs/objects")).satisfies(GitClientTest::holdsNoFile);

        clone.run("git", "lfs", "pull", "-I", "*", "-X", "");
        assertThat(clone.folder().resolve(V1)).hasContent("model 1");
        assertThat(clone.run("git", "status", "--porcelain")).isEmpty();
        assertThat(clone.run("git", "fsck", "--strict")).doesNotContain("error", "warning");
        assertThat(clone.run("git", "lfs", "fsck")).isEqualTo("Git LFS fsck OK\n");
    }

    @Test
    void aCloneFromDiskHasTheBytesToo() {
        CommandLine git = CommandLine.in(folder.resolve("work"));
        git.run("git", "clone", "--quiet", showcase.bare().toUri().toString(), "clone");
        CommandLine clone = git.at(folder.resolve("work/clone"));

        clone.run("git", "lfs", "pull", "-I", "*", "-X", "");

        assertThat(clone.folder().resolve(V1)).hasContent("model 1");
        clone.run("git", "lfs", "fsck");
        assertThat(git.at(showcase.bare()).run("git", "fsck", "--strict")).doesNotContain("error", "warning");
    }

    @Test
    void aRevertedPromotionIsPushedAndHolds() {
        CommandLine clone = http.cloned();
        clone.run("git", "revert", "--no-edit", "HEAD");

        String output = clone.run("git", "push");

        assertThat(output).doesNotContain("lock", "warning");
        assertThat(showcase.pin().version()).isEqualTo(v(1));
        assertThat(showcase.registry().head().hold(PRODUCTION, SPY))
                .contains(new Hold(showcase.registry().head().commit(), v(2), v(1)));
    }

    @Test
    void aPushThatAnotherOvertakesWhileItIsCheckedIsToldToFetchFirst() {
        Showcase another = Showcase.in(folder.resolve("overtaken")).withVersions(2);
        PushCheck overtaking = (before, after) -> {
            another.promote(2);
            return List.of();
        };
        Map<String, HttpServlet> servlets =
                GitServlets.of(another.registry().repository(), "models.git", overtaking, ServerAccess.open());
        try (HttpShowcase overtaken = HttpShowcase.serving(another, servlets)) {
            CommandLine clone = overtaken.cloned();
            clone.run("git", "commit", "--quiet", "--allow-empty", "-m", "Of a person");

            assertThat(clone.tryRun("git", "push", "--quiet", "origin", "main").output())
                    .contains(
                            "main moved during this push; fetch first, then put your commits on top (git pull --rebase)");

            assertThat(clone.run("git", "ls-remote", "origin", "main"))
                    .doesNotContain(clone.run("git", "rev-parse", "main").strip());
        }
    }

    @Test
    void aVersionRegisteredElsewhereCanBePushed() {
        Path other = folder.resolve("other.git");
        CommandLine clone = http.cloned();
        clone.run("git", "clone", "--quiet", "--bare", http.url(), other.toString());
        try (Registry elsewhere = Registry.open(other)) {
            elsewhere.register(new Showcase.TextDraft("model 3"), Showcase.TRAINER);
        }
        CommandLine there = clone.at(other);
        there.run("git", "config", "remote.origin.url", http.url());
        there.run("git", "lfs", "push", "origin", "main");
        there.run("git", "push", "origin", "main");

        assertThat(showcase.registry().head().newest(SPY)).contains(v(3));
        assertThat(showcase.registry().fetch(Digest.of("model 3".getBytes(UTF_8)), 7))
                .isEqualTo("model 3".getBytes(UTF_8));
    }

    @Test
    void anyOtherBranchMayBePushedRewrittenAndDeleted() throws Exception {
        CommandLine clone = http.cloned();
        clone.run("git", "checkout", "--quiet", "-b", "proposal");
        Files.writeString(clone.folder().resolve(PIN), "not a pin");
        clone.run("git", "commit", "--quiet", "-am", "Draft");
        clone.run("git", "push", "origin", "proposal");
        clone.run("git", "commit", "--quiet", "--amend", "-m", "Another draft");
        clone.run("git", "push", "--force", "origin", "proposal");
        clone.run("git", "push", "origin", ":proposal");

        assertThat(clone.run("git", "ls-remote", "--heads", "origin"))
                .endsWith("\trefs/heads/main\n")
                .hasLineCount(1);
    }

    @Test
    void anUploadOfOtherBytesIsRefusedAndLeavesNothing() throws Exception {
        Digest digest = Digest.of("model 3".getBytes(UTF_8));

        HttpResponse<String> response = put(digest, "MODEL 3");

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.body())
                .isEqualTo("{\"message\":\"bytes of %s: their digest is %s\"}"
                        .formatted(digest, Digest.of("MODEL 3".getBytes(UTF_8))));
        assertThat(showcase.bare().resolve(Showcase.lfsPath(digest))).doesNotExist();
        assertThat(showcase.bare().resolve("lfs/tmp")).satisfies(GitClientTest::holdsNoFile);
        assertThat(put(digest, "model 3").statusCode()).isEqualTo(200);
        assertThat(showcase.bare().resolve(Showcase.lfsPath(digest))).hasContent("model 3");
    }

    @Test
    void wrongLfsRequestsAreToldWhatIsWrong() throws Exception {
        assertThat(send("/info/lfs/objects/../../../config", "GET", "").statusCode())
                .isNotEqualTo(200);
        assertThat(send("/info/lfs/objects/abc", "GET", ""))
                .returns(404, HttpResponse::statusCode)
                .extracting(HttpResponse::body)
                .isEqualTo("{\"message\":\"digest: abc (expected: 64 hexadecimal digits in lower case)\"}");
        assertThat(send("/info/lfs/objects/" + "0".repeat(64), "GET", "").statusCode())
                .isEqualTo(404);
        assertThat(send("/info/lfs/objects/batch", "POST", "{").statusCode()).isEqualTo(422);
        assertThat(send("/info/lfs/objects/batch", "POST", "{}").statusCode()).isEqualTo(422);
        assertThat(send("/info/lfs/objects/batch", "POST", "{\"operation\":\"verify\",\"objects\":[]}")
                        .body())
                .contains("operation: verify (expected: upload or download)");
        assertThat(send(
                                "/info/lfs/objects/batch",
                                "POST",
                                "{\"operation\":\"download\",\"objects\":" + "[{\"oid\":\"../../x\",\"size\":1}]}")
                        .body())
                .contains("\"code\":422", "digest: ../../x (expected: 64 hexadecimal digits in lower case)");
    }

    @Test
    void aDamagedObjectIsHealedByAPush() throws Exception {
        CommandLine clone = http.cloned();
        clone.run("git", "lfs", "pull", "-I", "*", "-X", "");
        Digest digest = Digest.of("model 1".getBytes(UTF_8));
        Path file = showcase.bare().resolve(Showcase.lfsPath(digest));
        Files.writeString(file, "mod");

        clone.run("git", "lfs", "push", "--object-id", "origin", digest.hex());

        assertThat(file).hasContent("model 1");
    }

    private HttpResponse<String> put(Digest digest, String bytes) throws Exception {
        return send("/info/lfs/objects/" + digest.hex(), "PUT", bytes);
    }

    private HttpResponse<String> send(String path, String method, String body) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(http.url() + path))
                                .method(method, BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString());
    }

    private static void holdsNoFile(Path folder) {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                assertThat(files.filter(Files::isRegularFile)).isEmpty();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
