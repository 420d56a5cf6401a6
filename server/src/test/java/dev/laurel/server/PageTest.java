package dev.laurel.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.registry.RegistryHttp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page as a browser shows it. A folder in {@code LAUREL_SCREENSHOTS} gets pictures for people to look at. */
class PageTest {
    @TempDir
    Path folder;

    Showcase showcase;

    @BeforeEach
    void create() {
        showcase = Showcase.in(folder.resolve("home"));
    }

    @AfterEach
    void close() {
        showcase.close();
    }

    @Test
    void showsTheChampionItsHistoryAndHowToRollItBack() {
        showcase.champion(1);
        showcase.champion(2);
        showcase.serving(new RegistryHttp(showcase.registry).servlets());
        await().until(() -> showcase.get("/predictionForTomorrow").statusCode() == 200);

        JsonNode model = showcase.json("/status").at("/models/0");
        String commit = model.at("/changes/0/commit").asText();
        String page = browse("champion");

        assertThat(page)
                .contains("<h2 data-slot=\"model\">spy-direction</h2>")
                .contains("data-slot=\"version\">v2<")
                .contains(model.get("digest").asText().substring(0, 19))
                .contains("Promote spy-direction v2 in production", "Promote spy-direction v1 in production")
                .contains("git pull &amp;&amp; git revert --no-edit " + commit + " &amp;&amp; git push")
                .contains("git clone http://127.0.0.1:" + showcase.server().port() + "/git/models.git")
                .contains(">ready<");
    }

    @Test
    void showsAHoldAndWhatIsMissing() {
        showcase.champion(1);
        showcase.champion(2);
        showcase.rollBack();
        showcase.register(Showcase.SPY, "not a model".getBytes(UTF_8));
        showcase.serving();
        await().until(() -> showcase.get("/predictionForTomorrow").statusCode() == 200);
        String held = browse("hold");

        assertThat(held).contains("data-slot=\"version\">v1<", "laurel release spy-direction", "class=\"lowered\"");
        // Nothing to clone, and nothing to revert that would lower the pin.
        assertThat(held).doesNotContain("git clone http").doesNotContain("git revert");

        showcase.promote(3);
        await().until(() -> showcase.get("/readyz").statusCode() == 503);
        assertThat(browse("failing"))
                .contains(">not ready<", "v3: model file: ", "data-slot=\"version\">v1<")
                .contains("<span class=\"pill bad\" data-slot=\"state\">failing</span>");
    }

    @Test
    void whatOthersWroteIsTextAndNeverMarkup() {
        showcase.register(1);
        showcase.promoteFor("<img src=x onerror=document.title='owned'> & more");
        showcase.serving();
        await().until(() -> showcase.get("/readyz").statusCode() == 200);

        assertThat(browse("escaped"))
                .contains("&lt;img src=x onerror=document.title='owned'&gt; &amp; more")
                .doesNotContain("<img", "<title>owned");
    }

    /** The document after its script has run. */
    private String browse(String picture) {
        String screenshots = System.getenv("LAUREL_SCREENSHOTS");
        if (screenshots != null) {
            chromium("--window-size=1000,900", "--screenshot=" + Path.of(screenshots, picture + ".png"));
        }
        return chromium("--dump-dom");
    }

    private String chromium(String... what) {
        try {
            Path profile = Files.createTempDirectory(folder, "profile");
            Path output = profile.resolveSibling(profile.getFileName() + ".html");
            List<String> command = new ArrayList<>(List.of(
                    browser(),
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--user-data-dir=" + profile,
                    "--virtual-time-budget=1500"));
            command.addAll(List.of(what));
            command.add(showcase.uri("/").toString());
            Process process = new ProcessBuilder(command)
                    .redirectOutput(output.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            boolean ended = process.waitFor(Duration.ofSeconds(60).toMillis(), TimeUnit.MILLISECONDS);
            process.destroyForcibly();
            assertThat(ended).as("chromium ends").isTrue();
            return Files.readString(output, UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String browser() {
        Path chromium = Path.of("/usr/bin/chromium");
        boolean present = Files.isExecutable(chromium);
        if ("true".equals(System.getenv("CI"))) {
            assertThat(present).as("chromium is installed, as CI needs it").isTrue();
        }
        assumeTrue(present, "chromium is not installed: apt-get install chromium");
        return chromium.toString();
    }
}
