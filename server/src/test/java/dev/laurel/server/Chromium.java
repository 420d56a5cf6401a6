package dev.laurel.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A browser without a window; a test that needs it is skipped where there is none. */
final class Chromium {
    private Chromium() {}

    /** The page as its scripts leave it, and what they wrote to the console. */
    record Shown(String page, String console) {}

    static Shown show(Path folder, URI address) {
        Path program = Path.of("/usr/bin/chromium");
        boolean present = Files.isExecutable(program);
        if ("true".equals(System.getenv("CI"))) {
            assertThat(present).as("chromium is installed, as CI needs it").isTrue();
        }
        assumeTrue(present, "chromium is not installed: apt-get install chromium");
        try {
            Path profile = Files.createTempDirectory(folder, "profile");
            Path output = profile.resolveSibling(profile.getFileName() + ".html");
            Path errors = profile.resolveSibling(profile.getFileName() + ".log");
            List<String> command = List.of(
                    program.toString(),
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--enable-logging=stderr",
                    "--user-data-dir=" + profile,
                    "--virtual-time-budget=10000",
                    "--dump-dom",
                    address.toString());
            Process process = new ProcessBuilder(command)
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile())
                    .start();
            boolean ended = process.waitFor(Duration.ofSeconds(90).toMillis(), TimeUnit.MILLISECONDS);
            process.destroyForcibly();
            assertThat(ended).as("chromium ends").isTrue();
            String console = String.join(
                    "\n",
                    Files.readString(errors, UTF_8)
                            .lines()
                            .filter(line -> line.contains("CONSOLE"))
                            .toList());
            return new Shown(Files.readString(output, UTF_8), console);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
