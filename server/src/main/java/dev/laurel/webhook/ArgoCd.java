package dev.laurel.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.laurel.program.Reason;
import dev.laurel.webhook.DeliveryOutcome.Accepted;
import dev.laurel.webhook.DeliveryOutcome.Refused;
import dev.laurel.webhook.DeliveryOutcome.Unreached;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLException;

/** Argo CD's server, which takes GitHub's push events. Redirects are not followed: an address that is not quite right is to be seen. */
final class ArgoCd {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int LONGEST_MESSAGE = 200;
    private static final String HMAC = "HmacSHA256";

    private final WebhookTarget target;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    ArgoCd(WebhookTarget target) {
        this.target = target;
    }

    /** @param id the same for the same event, however often it is sent */
    DeliveryOutcome deliver(PushEvent event, String id) {
        byte[] body = event.json();
        HttpRequest.Builder request = HttpRequest.newBuilder(target.webhook())
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("User-Agent", "laurel")
                .header("X-GitHub-Event", "push")
                .header("X-GitHub-Delivery", id)
                .POST(BodyPublishers.ofByteArray(body));
        String secret = target.secret();
        if (secret != null) {
            request.header("X-Hub-Signature-256", "sha256=" + signature(secret, body));
        }
        try {
            return answer(client.send(request.build(), BodyHandlers.ofString(UTF_8)));
        } catch (SSLException e) {
            return new Refused(oneLine(Reason.of(e))
                    + " (its certificate has to be trusted: LAUREL_JAVA_OPTS=-Djavax.net.ssl.trustStore=...)");
        } catch (IOException e) {
            return new Unreached("no answer: " + oneLine(Reason.of(e)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Unreached("interrupted");
        }
    }

    private static String signature(String secret, byte[] body) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), HMAC));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + HMAC, e);
        }
    }

    private static DeliveryOutcome answer(HttpResponse<String> answer) {
        int status = answer.statusCode();
        if (status / 100 == 2) {
            return new Accepted();
        }
        String reason = "%s %s%s"
                .formatted(status, oneLine(answer.body()), remedy(answer))
                .replaceAll(" +", " ");
        return status == 408 || status == 429 || status >= 500 ? new Unreached(reason) : new Refused(reason);
    }

    private static String remedy(HttpResponse<String> answer) {
        return switch (answer.statusCode()) {
            case 301, 302, 303, 307, 308 ->
                " (moved: name the address %s)"
                        .formatted(answer.headers().firstValue("Location").orElse("where it is now"));
            case 400, 401, 403 -> " (is the secret that of webhook.github.secret in Argo CD's argocd-secret?)";
            case 404, 405 -> " (is this the address of argocd-server, with /api/webhook?)";
            default -> "";
        };
    }

    private static String oneLine(String text) {
        String line = String.valueOf(text).replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE) + "...";
    }
}
