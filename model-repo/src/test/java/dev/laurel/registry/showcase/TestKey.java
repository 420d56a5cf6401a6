package dev.laurel.registry.showcase;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.registry.view.Author;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/**
 * A key made by ssh-keygen or gpg, as a person has it.
 *
 * @param privateKey its file, as {@code LAUREL_SIGNING_KEY} names it
 * @param publicKey as {@code laurel.yaml} has it
 * @param configuration what Git needs in order to sign with it
 */
public record TestKey(String name, Path privateKey, String publicKey, Map<String, String> configuration) {

    /** @param options of ssh-keygen, such as {@code -t ed25519} */
    public static TestKey ssh(CommandLine git, String name, String passphrase, String... options) {
        require("ssh-keygen", "openssh-client");
        Path file = git.folder().resolveSibling(name + ".key");
        git.run(command(
                new String[] {
                    "ssh-keygen", "-q", "-f", file.toString(), "-N", passphrase, "-C", name + "@laurel.example"
                },
                options));
        return new TestKey(
                name,
                file,
                read(file.resolveSibling(file.getFileName() + ".pub")).strip(),
                Map.of("gpg.format", "ssh", "user.signingkey", file.toString()));
    }

    public static TestKey ssh(CommandLine git, String name) {
        return ssh(git, name, "", "-t", "ed25519");
    }

    /** @param algorithm of gpg, such as {@code ed25519} or {@code rsa2048} */
    public static TestKey gpg(CommandLine git, String name, String passphrase, String algorithm) {
        require("gpg", "gnupg");
        String user = name + "@laurel.example";
        String[] unattended = {"gpg", "--quiet", "--batch", "--pinentry-mode", "loopback", "--passphrase", passphrase};
        git.run(command(unattended, "--quick-generate-key", user, algorithm, "sign", "never"));
        Path file = git.folder().resolveSibling(name + ".asc");
        git.run(command(unattended, "--armor", "--output", file.toString(), "--export-secret-keys", user));
        String publicKey = git.run("gpg", "--armor", "--export", user);
        return new TestKey(name, file, publicKey, Map.of("gpg.format", "openpgp", "user.signingkey", user));
    }

    /** Makes every commit of this clone be signed. */
    public void signsIn(CommandLine clone) {
        configuration.forEach((key, value) -> clone.run("git", "config", key, value));
        clone.run("git", "config", "commit.gpgsign", "true");
    }

    /** Whoever writes with this key. */
    public Author author() {
        return new Author(name, name + "@laurel.example").signing(Map.of("LAUREL_SIGNING_KEY", privateKey.toString()));
    }

    /** An entry of {@code laurel.yaml}. */
    public String may(String... roles) {
        return "  - name: %s\n    key: |\n%s    roles: [%s]\n"
                .formatted(name, publicKey.strip().indent(6), String.join(", ", roles));
    }

    private static String[] command(String[] begin, String... end) {
        String[] command = java.util.Arrays.copyOf(begin, begin.length + end.length);
        System.arraycopy(end, 0, command, begin.length, end.length);
        return command;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void require(String tool, String debianPackage) {
        boolean present;
        try {
            present =
                    new ProcessBuilder("sh", "-c", "command -v " + tool).start().waitFor() == 0;
        } catch (IOException e) {
            present = false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            present = false;
        }
        if ("true".equals(System.getenv("CI"))) {
            assertThat(present).as("%s is installed, as CI needs it", tool).isTrue();
        }
        Assumptions.assumeTrue(present, tool + " is not installed: apt-get install " + debianPackage);
    }
}
