package dev.laurel.cli.common;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whom Git takes for the author of a commit. Nothing else of a person's configuration is read. */
final class GitIdentity {
    private GitIdentity() {}

    /** As {@code Name <email>}; null where Git knows nobody, or there is no Git. */
    static @Nullable String of(Map<String, String> environment) {
        Map<String, String> configured = configured();
        String name = environment.getOrDefault("GIT_AUTHOR_NAME", configured.get("user.name"));
        String email = environment.getOrDefault("GIT_AUTHOR_EMAIL", configured.get("user.email"));
        return isGiven(name) && isGiven(email) ? name + " <" + email + ">" : null;
    }

    private static boolean isGiven(@Nullable String text) {
        return text != null && !text.isBlank() && text.indexOf('<') < 0 && text.indexOf('>') < 0;
    }

    private static Map<String, String> configured() {
        Map<String, String> values = new HashMap<>();
        try {
            Process git = new ProcessBuilder(
                            "git", "config", "--global", "--null", "--get-regexp", "^user\\.(name|email)$")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            git.getOutputStream().close();
            String output = new String(git.getInputStream().readAllBytes(), UTF_8);
            git.waitFor();
            for (String entry : output.split("\0", -1)) {
                int end = entry.indexOf('\n');
                if (end > 0) {
                    values.put(entry.substring(0, end), entry.substring(end + 1).strip());
                }
            }
        } catch (IOException noGit) {
            return Map.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return values;
    }
}
