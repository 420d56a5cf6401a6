package dev.laurel.registry;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.registry.showcase.CommandLine;
import dev.laurel.registry.showcase.HttpShowcase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pushes that leave something out which their commits lead to; C git makes none, so they are put together here. */
class PushConnectivityTest {
    private static final String BRANCH = "refs/heads/work";

    @TempDir
    Path folder;

    HttpShowcase http;
    CommandLine clone;

    @BeforeEach
    void serve() {
        http = HttpShowcase.in(folder);
        clone = http.cloned();
    }

    @AfterEach
    void close() {
        http.close();
    }

    @Test
    void takesAPushThatHasAll() throws Exception {
        Nested change = nested();
        assertThat(push(change.commit, change.commit, change.outer, change.inner, change.file))
                .contains("ok " + BRANCH);
        assertThat(branches()).contains(change.commit);
    }

    @Test
    void refusesOneWithoutAFile() throws Exception {
        Nested change = nested();
        refused(push(change.commit, change.commit, change.outer, change.inner), change.file);
    }

    @Test
    void refusesOneWithoutAFolder() throws Exception {
        Nested change = nested();
        refused(push(change.commit, change.commit, change.outer), change.inner);
    }

    @Test
    void refusesOneWhoseCommitsHaveWhatIsMissingFromEachOther() throws Exception {
        String missing = file("missing");
        String other = file("other");
        String one = tree("100644 blob " + missing + "\ta");
        String two = tree("100644 blob " + missing + "\ta\n100644 blob " + other + "\tb");
        String first = commit(one, "HEAD");
        String second = commit(two, first);
        String third = commit(one, second);

        refused(push(third, first, second, third, one, two, other), missing);
    }

    /** A commit with a file in a folder in a folder, and their ids. */
    private record Nested(String commit, String outer, String inner, String file) {}

    private Nested nested() throws IOException {
        String file = file("new");
        String inner = tree("100644 blob " + file + "\tnotes.md");
        String outer = tree("040000 tree " + inner + "\tnotes");
        return new Nested(commit(outer, "HEAD"), outer, inner, file);
    }

    private void refused(String answer, String missing) {
        assertThat(answer).contains("ng " + BRANCH).contains(missing);
        assertThat(branches()).doesNotContain(BRANCH);
    }

    private String branches() {
        return clone.run("git", "ls-remote", "origin");
    }

    private String file(String text) throws IOException {
        return clone.run("git", "hash-object", "-w", write(text).toString()).strip();
    }

    private String tree(String entries) throws IOException {
        return fed("git mktree --missing", entries + "\n").strip();
    }

    private String commit(String tree, String parent) {
        return clone.run("git", "commit-tree", "-p", parent, "-m", "Note something", tree)
                .strip();
    }

    private String fed(String command, String input) throws IOException {
        return clone.run("sh", "-c", command + " < " + write(input));
    }

    private Path write(String text) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "input", ""), text);
    }

    /** With these objects and no others; what the server says to it. */
    private String push(String commit, String... objects) throws Exception {
        Path pack = folder.resolve("pack");
        fed("git pack-objects --quiet --stdout > " + pack, String.join("\n", objects) + "\n");

        String command = "%s %s %s\0report-status\n".formatted("0".repeat(40), commit, BRANCH);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write("%04x%s0000".formatted(command.length() + 4, command).getBytes(US_ASCII));
        body.write(Files.readAllBytes(pack));
        HttpRequest request = HttpRequest.newBuilder(URI.create(http.url() + "/git-receive-pack"))
                .header("Content-Type", "application/x-git-receive-pack-request")
                .POST(BodyPublishers.ofByteArray(body.toByteArray()))
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofString(UTF_8))
                .body();
    }
}
