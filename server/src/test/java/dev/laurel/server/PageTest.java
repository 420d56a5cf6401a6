package dev.laurel.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.model.ChallengerMode;
import dev.laurel.model.LiveEvidence;
import dev.laurel.model.LiveMetric;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import dev.laurel.predictor.ModelFile;
import dev.laurel.predictor.Signature;
import dev.laurel.registry.RegistryHttp;
import dev.laurel.registry.outcome.ChallengeOutcome;
import dev.laurel.registry.outcome.LiveJudge;
import dev.laurel.task.Classification;
import dev.laurel.task.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page as a browser shows it. A folder in {@code LAUREL_SCREENSHOTS} gets pictures for people to look at. */
class PageTest {
    private static final ModelName IRIS = new ModelName("iris");
    private static final ModelName PASSENGERS = new ModelName("airline-passengers");

    @TempDir
    Path folder;

    Showcase showcase;

    @BeforeEach
    void create() {
        showcase = Showcase.in(folder.resolve("home"), Showcase.SPY, IRIS, PASSENGERS);
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

        JsonNode model = showcase.json("/models/spy-direction");
        String commit = model.at("/changes/0/commit").asText();
        String page = browse("champion");

        assertThat(page)
                .contains("<h2 data-slot=\"model\" id=\"name-spy-direction\">spy-direction</h2>")
                .contains("data-slot=\"version\">v2<")
                .contains(model.get("digest").asText().substring(0, 19))
                .contains("Promote spy-direction v2 in production", "Promote spy-direction v1 in production")
                .contains("git pull &amp;&amp; git revert --no-edit " + commit + " &amp;&amp; git push")
                .contains("git clone http://127.0.0.1:" + showcase.server().port() + "/git/models.git")
                .contains(">Roll back</h3>", ">ready<")
                .doesNotContain("withdraws the model");
    }

    @Test
    void saysThatToUndoTheFirstPromotionWithdrawsTheModel() {
        showcase.champion(1);
        showcase.serving();
        await().until(() -> showcase.get("/predictionForTomorrow").statusCode() == 200);

        assertThat(browse("first"))
                .contains(">Withdraw</h3>", "No champion stood before v1, so this withdraws the model")
                .contains("git revert --no-edit ");
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
    void showsWhatTurnedOutToBeTrueBesideTheReportOfTheVersion() {
        showcase.judged(Showcase.SPY, 1);
        showcase.register(2);
        showcase.registry.challenge(
                Showcase.PRODUCTION,
                Showcase.SPY,
                new Version(2),
                ChallengerMode.SHADOW,
                null,
                "a quiet week",
                Showcase.ALICE);
        showcase.serving();
        showcase.server().keepFeedback(folder.resolve("feedback"), Map.of());
        await().until(() ->
                showcase.json("/models/spy-direction").at("/live/challenger").isObject());
        JsonNode model = showcase.json("/models/spy-direction");
        String body = model.path("example").toString();
        for (int i = 0; i < 10; i++) {
            String said = Showcase.json(showcase.post("/models/spy-direction/predict", body, "X-Request-Id", "r" + i))
                    .at("/predictions/0/prediction")
                    .asText();
            if (i < 8) {
                String actual = i < 6 ? said : said.equals("UP") ? "DOWN" : "UP";
                showcase.post(
                        "/models/spy-direction/feedback",
                        "{\"request_id\": \"r%s\", \"actual\": \"%s\"}".formatted(i, actual));
            }
        }
        await().untilAsserted(() -> {
            JsonNode versions = showcase.json("/models/spy-direction").at("/feedback/versions");
            assertThat(versions.findValuesAsText("rows")).containsExactly("8", "8");
            assertThat(versions.findValuesAsText("waiting")).containsExactly("2", "2");
        });

        String page = browse("feedback");

        double reported = model.at("/evaluation/metrics").findParents("champion").stream()
                .filter(metric -> metric.path("metric").asText().equals("accuracy"))
                .findFirst()
                .orElseThrow()
                .path("champion")
                .asDouble();
        assertThat(page)
                .contains(">What turned out to be true</h3>", ">champion v1<", ">challenger v2<")
                // 6 of 8, with the interval after Wilson.
                .contains(">accuracy</th><td>0.7500 (0.4093 to 0.9285)</td>")
                .contains(">accuracy in the report</th><td>%s</td>"
                        .formatted(String.format(Locale.ROOT, "%.4f", reported)))
                .contains(">rows whose truth is known</th><td>8</td><td>8</td>")
                .contains(">answers that wait for it</th><td>2</td><td>2</td>");
    }

    @Test
    void showsHowLongAPromotionTookAndNothingThatNobodyTold() {
        showcase.champion(1);
        showcase.register(2);
        showcase.serving();
        showcase.server().keepFeedback(folder.resolve("feedback"), Map.of());
        await().until(() -> showcase.get("/predictionForTomorrow").statusCode() == 200);
        showcase.promote(2);
        await().until(() ->
                showcase.json("/models/spy-direction").path("version").asText().equals("v2"));
        assertThat(browse("promoted"))
                .containsPattern("could answer \\d+\\.\\d s after its commit, ")
                .contains("<div data-slot=\"feedback\" hidden=\"\">");

        showcase.get("/predictionForTomorrow");
        assertThat(browse("answered"))
                .containsPattern("could answer \\d+\\.\\d s after its commit, first prediction after \\d+\\.\\d s<");
    }

    @Test
    void showsChampionAndChallengerOnLiveTraffic() {
        showcase.champion(1);
        showcase.register(2);
        showcase.registry.challenge(
                Showcase.PRODUCTION,
                Showcase.SPY,
                new Version(2),
                ChallengerMode.CANARY,
                40,
                "a quiet week",
                Showcase.ALICE);
        showcase.serving();
        await().until(() ->
                showcase.json("/models/spy-direction").at("/live/challenger").isObject());
        String body = showcase.json("/models/spy-direction").path("example").toString();
        for (int caller = 0; caller < 40; caller++) {
            showcase.post("/models/spy-direction/predict", body, "X-Laurel-Key", "caller " + caller);
        }
        await().until(() ->
                showcase.json("/models/spy-direction/live").path("compared").asInt() > 5);

        String page = browse("challenger");

        assertThat(page)
                .contains("v2 is tried as a canary: it answers 40 % of the callers.")
                .contains("rows that both answered, ")
                .contains(">champion v1<", ">challenger v2<", ">requests answered<", ">latency, p99<", ">answers: UP<");
    }

    @Test
    void showsWhatLiveTrafficMeasuredOfTheChampionThatItMade() {
        showcase.judgeByLiveTraffic();
        showcase.champion(1);
        showcase.register(2);
        showcase.registry.challenge(
                Showcase.PRODUCTION,
                Showcase.SPY,
                new Version(2),
                ChallengerMode.SHADOW,
                null,
                "a quiet week",
                Showcase.ALICE);
        LiveEvidence measured = new LiveEvidence(
                1,
                60,
                new LiveEvidence.Side(new Version(2), 1000, 0, 300),
                new LiveEvidence.Side(new Version(1), 4999, 1, 2200),
                1000,
                950,
                new LiveEvidence.Feedback(LiveMetric.ACCURACY, 200, 0.61, 0.58));
        assertThat(showcase.registry.judgeLive(
                        Showcase.PRODUCTION,
                        Showcase.SPY,
                        (champion, challenger, rules) -> new LiveJudge.LiveJudgement(rules.judge(measured), measured),
                        Showcase.ALICE))
                .isInstanceOf(ChallengeOutcome.Won.class);
        showcase.serving();
        await().until(() -> showcase.get("/predictionForTomorrow").statusCode() == 200);

        assertThat(browse("promoted-live"))
                .contains("data-slot=\"version\">v2<")
                .contains("live traffic against v1: 1000 answers, errors 0 of 1000 against 1 of 5000,"
                        + " p99 300 µs against 2.2 ms, agreement 95.0 % of 1000,"
                        + " accuracy 0.6100 against 0.5800 on 200 rows with feedback")
                .contains("else its challenger first, a canary that answers 10 % of the callers, which live traffic")
                .contains("href=\"/docs\"", "href=\"/openapi.json\"")
                .doesNotContain("undefined", "a automation");
    }

    @Test
    void aHoldForDriftIsNoMoveOfThePin() {
        showcase.champion(1);
        showcase.registry.holdForDrift(
                Showcase.PRODUCTION,
                Showcase.SPY,
                new Version(1),
                new TreeMap<>(Map.of("report.yaml", "drift: much\n".getBytes(UTF_8))),
                "rows drifted",
                Showcase.ALICE);
        showcase.serving();
        await().until(() -> showcase.get("/predictionForTomorrow").statusCode() == 200);

        assertThat(showcase.json("/models/spy-direction").at("/hold/drift").asBoolean())
                .isTrue();
        assertThat(browse("drift")).contains("On hold: v1 drifted").doesNotContain("from v1 to v1");
    }

    @Test
    void whatOthersWroteIsTextAndNeverMarkup() {
        ModelFile file = showcase.train(Showcase.SPY, 1);
        Signature signature = file.signature();
        Task task = new Classification(List.of("<img src=x alt=up>", "<img src=x alt=down>"));
        showcase.register(
                Showcase.SPY,
                new ModelFile(
                                file.definition(),
                                new Signature(
                                        signature.key(),
                                        signature.columns(),
                                        signature.warmUp(),
                                        signature.features(),
                                        task),
                                file.fitted(),
                                file.profile(),
                                file.predictor())
                        .encode());
        showcase.promoteFor("<img src=x onerror=document.title='owned'> & more");
        showcase.serving();
        await().until(() -> showcase.get("/predictionForTomorrow").statusCode() == 200);

        assertThat(browse("escaped"))
                .contains(">&lt;img src=x alt=up&gt;<", ">&lt;img src=x alt=down&gt;<")
                .contains("&lt;img src=x onerror=document.title='owned'&gt; &amp; more")
                .doesNotContain("<img", "<title>owned");
    }

    @Test
    void showsModelsOfEveryKindAndAsksThem() {
        for (ModelName model : List.of(Showcase.SPY, IRIS, PASSENGERS)) {
            showcase.judged(model, 1);
            showcase.judged(model, 2);
        }
        showcase.serving();
        showcase.server().trainedEvery(Duration.ofSeconds(30));
        await().until(() -> showcase.get("/readyz").statusCode() == 200);
        await().until(() ->
                showcase.get("/predictionForTomorrow?model=spy-direction").statusCode() == 200);
        await().until(() ->
                showcase.get("/predictionForTomorrow?model=airline-passengers").statusCode() == 200);

        try (Browser page = Browser.at(showcase.uri("/"), command(), profile())) {
            page.wide(1100);
            page.until("document.querySelectorAll('article').length === 3");
            picture(page, "kinds");
            showsTwoLabelsWithAThreshold(page);
            showsAValueWithItsUnit(page);
            asksForOneOfThreeLabels(page);
            page.wide(360);
            picture(page, "kinds-narrow");
            assertThat(page.evaluate("document.documentElement.scrollWidth").asInt())
                    .as("width of what is on 360 pixels")
                    .isLessThanOrEqualTo(360);
            picture(page.wide(1100).dark(), "kinds-dark");
        }
    }

    private void showsTwoLabelsWithAThreshold(Browser page) {
        String card = "document.getElementById('model-spy-direction')";
        String label = card + ".querySelector('.answer strong')?.textContent";
        JsonNode answer = showcase.json("/predictionForTomorrow?model=spy-direction");
        page.until("%s === '%s'".formatted(label, answer.get("prediction").asText()));
        assertThat(text(page, card))
                .contains("NEWEST PREDICTION", "probability of UP " + digits(4, answer.get("confidence")))
                .contains("curl 'http://127.0.0.1:%d/predictionForTomorrow?model=spy-direction&threshold=0.5'"
                        .formatted(showcase.server().port()))
                .contains("accuracy ↑ gate", "v1 before", "no model", "Measured when v2 was made")
                .contains("Trained here every 30 s, each time with one row more of the source")
                .contains("accuracy is at least 0.01 higher than the champion's, on 60 rows or more, and a commit")
                .contains("the newest 50, and those that are pinned");

        // Above every confidence the other label is predicted.
        page.evaluate(card + ".querySelectorAll('input[type=range]').forEach(slider => {"
                + " slider.value = 1; slider.dispatchEvent(new Event('input', {bubbles: true})); })");
        page.until("%s === 'DOWN'".formatted(label));
        assertThat(text(page, card)).contains("&threshold=1'");
    }

    private void showsAValueWithItsUnit(Browser page) {
        String card = "document.getElementById('model-airline-passengers')";
        page.until(card + ".querySelector('.answer strong') !== null");
        JsonNode value =
                showcase.json("/predictionForTomorrow?model=airline-passengers").get("prediction");
        assertThat(text(page, card))
                .contains(digits(2, value) + " thousand passengers", "from rows up to 1960-12, by v2", "rmse ↓ gate")
                .contains("rmse is at least 0.1 lower", "a person who merges its pull request", "the newest 5,")
                .doesNotContain("confidence");
        assertThat(page.evaluate(card + ".querySelector('.threshold').hidden").asBoolean())
                .isTrue();
    }

    private void asksForOneOfThreeLabels(Browser page) {
        String card = "document.getElementById('model-iris')";
        // One feature is standardised: its column is told back from it.
        assertThat(page.evaluate("[...%s.querySelectorAll('input[type=number]')].map(input => input.value).join(' ')"
                                .formatted(card))
                        .asText())
                .isEqualTo("4.35 1.3 5.8 3");
        page.evaluate(card + ".querySelectorAll('input[type=number]')[0].value = 1.4");
        page.evaluate(card + ".querySelector('form').requestSubmit()");
        page.until(card + ".querySelector('.bars') !== null");
        JsonNode answer = Showcase.json(
                        showcase.post(
                                "/models/iris/predict",
                                "{\"rows\":[{\"petal_length\":1.4,\"petal_width\":1.3,\"sepal_length\":5.8,\"sepal_width\":3}]}"))
                .at("/predictions/0");
        assertThat(text(page, card + ".querySelector('.answer')"))
                .startsWith(answer.get("prediction").asText())
                .contains("setosa", "versicolor", "virginica")
                .contains(digits(4, answer.get("confidence")));
        assertThat(page.evaluate(card + ".querySelectorAll('.answer meter').length")
                        .asInt())
                .isEqualTo(3);

        page.evaluate(card + ".querySelector('textarea').value = '[1, 2]'");
        page.evaluate(card + ".querySelectorAll('form')[1].requestSubmit()");
        page.until(card + ".querySelector('details .notice') !== null");
        assertThat(page.evaluate(card + ".querySelector('details .notice').textContent")
                        .asText())
                .isEqualTo("features: 2 numbers (expected: 4: sepal_length, sepal_width, petal_length, petal_width)");
        assertThat(text(page, card)).contains("and only a person makes it the champion of production");
    }

    private static String digits(int behindThePoint, JsonNode number) {
        return String.format(Locale.ROOT, "%." + behindThePoint + "f", number.asDouble());
    }

    private static String text(Browser page, String element) {
        return page.evaluate(element + ".innerText.replace(/\\s+/g, ' ')").asText();
    }

    private static void picture(Browser page, String name) {
        String screenshots = System.getenv("LAUREL_SCREENSHOTS");
        if (screenshots != null) {
            page.picture(Path.of(screenshots, name + ".png"));
        }
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
            Path profile = profile();
            Path output = profile.resolveSibling(profile.getFileName() + ".html");
            List<String> command = new ArrayList<>(command());
            command.addAll(List.of("--user-data-dir=" + profile, "--virtual-time-budget=1500"));
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

    private Path profile() {
        try {
            return Files.createTempDirectory(folder, "profile");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command() {
        return List.of(
                browser(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync");
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
