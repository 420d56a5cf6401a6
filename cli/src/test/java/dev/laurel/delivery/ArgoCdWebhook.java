package dev.laurel.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.laurel.delivery.HttpStub.Request;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What Argo CD 3.5 makes of a call to its {@code /api/webhook}, as its documentation says and its handler does: which host speaks, whether
 * the signature is right, what moved, and which Applications that concerns.
 *
 * @param secrets by their keys in argocd-secret
 */
record ArgoCdWebhook(Map<String, String> secrets) {

    /** A push that was accepted. */
    record Push(String webUrl, String revision, String before, String after, Set<String> files) {}

    /** @throws IllegalArgumentException with its reason when it refuses */
    Push receive(Request request) {
        expect(request.method().equals("POST"), "invalid HTTP Method");
        Map<String, String> headers = request.headers();
        // Forgejo and Gitea send the headers of Gogs and those of GitHub; these go first.
        boolean gogs = headers.containsKey("x-gogs-event");
        String event = headers.get(gogs ? "x-gogs-event" : "x-github-event");
        expect("push".equals(event), "Unknown webhook event: " + event);
        String secret = secrets.getOrDefault(gogs ? "webhook.gogs.secret" : "webhook.github.secret", "");
        if (!secret.isEmpty()) {
            String signature = headers.getOrDefault(gogs ? "x-gogs-signature" : "x-hub-signature-256", "");
            expect(
                    signature.replaceFirst("^sha256=", "").equals(signature(secret, request.body())),
                    "HMAC verification failed");
        }
        return push(json(request.body()));
    }

    private static Push push(JsonNode payload) {
        String revision = text(payload, "/ref").replaceFirst("^[^/]*/[^/]*/", "");
        expect(text(payload, "/repository/default_branch").equals(revision), "HEAD is not touched");
        Set<String> files = new TreeSet<>();
        payload.path("commits")
                .forEach(commit -> Stream.of("added", "modified", "removed")
                        .forEach(kind -> commit.required(kind).forEach(file -> files.add(file.asText()))));
        return new Push(
                text(payload, "/repository/html_url"),
                revision,
                text(payload, "/before"),
                text(payload, "/after"),
                files);
    }

    /** Whether an Application is rendered anew because of it; else it goes on with what was rendered of the commit before. */
    static boolean refreshes(Push push, JsonNode application) {
        JsonNode source = application.at("/spec/source");
        return source.path("targetRevision").asText().equals("refs/heads/" + push.revision())
                && isSame(push.webUrl(), source.path("repoURL").asText())
                && (push.files().isEmpty() || push.files().stream().anyMatch(file -> concerns(file, application)));
    }

    /** Protocol, user, port and {@code .git} do not matter; what the payload has after the host does. */
    private static boolean isSame(String webUrl, String repoUrl) {
        URI web = URI.create(webUrl);
        String pattern = "((https?|ssh)://)?([\\w.][\\w.-]*@)?((alt)?ssh\\.)?%s(:[0-9]+)?[:/]%s(\\.git)?"
                .formatted(
                        Pattern.quote(web.getHost()),
                        Pattern.quote(web.getRawPath().substring(1)));
        return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE)
                .matcher(repoUrl)
                .matches();
    }

    private static boolean concerns(String file, JsonNode application) {
        String paths = application
                .at("/metadata/annotations/argocd.argoproj.io~1manifest-generate-paths")
                .asText();
        Path own = Path.of(application.at("/spec/source/path").asText());
        return Stream.of(paths.split(";"))
                .map(path -> path.startsWith("/")
                        ? Path.of(path.substring(1))
                        : own.resolve(path).normalize())
                .anyMatch(path -> Path.of(file).startsWith(path));
    }

    static String signature(String secret, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(byte[] body) {
        try {
            return new ObjectMapper().readTree(body);
        } catch (IOException e) {
            throw new IllegalArgumentException("error parsing payload", e);
        }
    }

    private static String text(JsonNode payload, String field) {
        expect(payload.at(field).isTextual(), field + ": no text");
        return payload.at(field).asText();
    }

    private static void expect(boolean holds, String reason) {
        if (!holds) {
            throw new IllegalArgumentException(reason);
        }
    }
}
