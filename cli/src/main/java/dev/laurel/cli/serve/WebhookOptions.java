package dev.laurel.cli.serve;

import dev.laurel.model.Expect;
import dev.laurel.model.InvalidValueException;
import dev.laurel.webhook.WebhookTarget;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether Argo CD is told of every move of main, and in whose name. */
final class WebhookOptions {
    private static final String SECRET = "LAUREL_ARGOCD_WEBHOOK_SECRET";
    private static final String SECRET_FILE = SECRET + "_FILE";

    @Option(
            names = "--argocd-webhook",
            paramLabel = "ADDRESS",
            defaultValue = "${env:LAUREL_ARGOCD_WEBHOOK}",
            description = {
                "Tell Argo CD of every move of main, at its /api/webhook (environment: LAUREL_ARGOCD_WEBHOOK).",
                "The secret that it wants, webhook.github.secret, comes from LAUREL_ARGOCD_WEBHOOK_SECRET",
                "or from the file that LAUREL_ARGOCD_WEBHOOK_SECRET_FILE names."
            })
    private @Nullable String webhook;

    @Option(
            names = "--argocd-repository",
            paramLabel = "ADDRESS",
            defaultValue = "${env:LAUREL_ARGOCD_REPOSITORY}",
            description = {
                "What Argo CD calls the models repository, its repoURL (environment: LAUREL_ARGOCD_REPOSITORY;",
                "default: that of --repo where it is on a Git host, else the one that this server prints)."
            })
    private @Nullable String repository;

    /** @throws InvalidValueException when something is wrong with them */
    void check() {
        var unused = target("http://localhost/git/models.git");
    }

    /** @param ownAddress of the models repository that this server serves */
    Optional<WebhookTarget> target(String ownAddress) {
        return webhook == null
                ? Optional.empty()
                : Optional.of(new WebhookTarget(
                        address("--argocd-webhook", webhook),
                        address("--argocd-repository", repository == null ? ownAddress : repository),
                        secret(System.getenv())));
    }

    private static URI address(String option, String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidValueException(option, text.replaceAll("//[^/]*@", "//***@"), "an address");
        }
    }

    static @Nullable String secret(Map<String, String> environment) {
        String file = environment.getOrDefault(SECRET_FILE, "");
        String secret = environment.getOrDefault(SECRET, "");
        Expect.that(secret.isBlank() || file.isBlank(), SECRET, "set, beside " + SECRET_FILE, "one of the two");
        if (file.isBlank()) {
            return secret.isBlank() ? null : secret.strip();
        }
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            throw new InvalidValueException(SECRET_FILE, file, "a file that can be read");
        }
    }
}
