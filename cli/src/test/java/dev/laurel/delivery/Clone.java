package dev.laurel.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.model.Environment;
import dev.laurel.model.ModelName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A work tree of a models repository, as Argo CD has one. */
public record Clone(Path folder) {
    public static Clone of(Path bare, Path folder) {
        Clone clone = new Clone(folder);
        clone.run(bare.getParent(), "clone", "--quiet", bare.toString(), folder.toString());
        return clone;
    }

    Path overlay(Environment environment, ModelName model) {
        return folder.resolve("environments/" + environment + "/" + model);
    }

    void pull() {
        git("pull", "--quiet");
    }

    public String git(String... arguments) {
        return run(folder, arguments);
    }

    private String run(Path at, String... arguments) {
        List<String> command = new ArrayList<>(
                List.of("git", "-c", "user.name=Alice", "-c", "user.email=alice@laurel.example", "-c", "pull.ff=only"));
        command.addAll(List.of(arguments));
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).directory(at.toFile()).redirectErrorStream(true);
            builder.environment()
                    .putAll(Map.of("GIT_CONFIG_NOSYSTEM", "1", "HOME", at.toString(), "GIT_LFS_SKIP_SMUDGE", "1"));
            Process git = builder.start();
            String output = new String(git.getInputStream().readAllBytes(), UTF_8);
            assertThat(git.waitFor()).as("%s printed: %s", command, output).isZero();
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
