package dev.laurel.cli.define;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.laurel.cli.Laurel;
import dev.laurel.cli.Showcase;
import dev.laurel.model.ModelName;
import dev.laurel.registry.Registry;
import dev.laurel.server.PredictionServer;
import dev.laurel.server.ServerSettings;
import dev.laurel.source.RowStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody does who has a file and nothing else: new, train, promote, ask. */
class NewCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private Path data;
    private Path repository;

    @BeforeEach
    void anEmptyModelsRepository() throws IOException {
        data = Files.createDirectory(folder.resolve("data"));
        repository = folder.resolve("models.git");
        assertThat(Laurel.run("init", "--with", "iris", "--offline", "--repo", repository)
                        .exit())
                .isZero();
    }

    @Test
    void wine() throws Exception {
        Path csv = wineQuality();
        String definition = made("wine", csv, "quality");
        assertThat(definition)
                .contains("  delimiter: \";\"\n")
                .contains("A value: quality has only 6 different ones, but the rarest of them in")
                .contains("  kind: value\n  column: quality\n  horizon: 0\n")
                .contains("  - name: fixed_acidity\n    kind: column\n    column: \"fixed acidity\"\n")
                .contains("  kind: hashed\n")
                .contains("  metric: rmse\n");
        JsonNode answer = answer("wine", """
                {"rows": [{"fixed acidity": 7.4, "volatile acidity": 0.7, "chlorides": 0.076, "alcohol": 9.4}]}""");
        assertThat(answer.at("/predictions/0").toString()).isNotEmpty();
        isBisectedBy(csv, "wine");
    }

    @Test
    void passengersOfAShip() throws Exception {
        Path csv = ship();
        String definition = made("ship", csv, "Survived");
        assertThat(definition)
                .contains("  kind: label\n  column: Survived\n  positive: \"1\"\n")
                .contains("  - column: Age\n    missing: median\n")
                .contains("  - column: Embarked\n    missing: category\n")
                .contains("kind: one-hot\n    column: Sex\n")
                .contains("# Left out: PassengerId; it counts the lines.")
                .contains("# Left out: Name; 600 different texts: it looks like an id, or like text for people.")
                .contains("# Left out: Cabin; ")
                .contains("# Left out: Ship; it never varies.")
                .contains("  metric: accuracy\n");
        JsonNode answer = answer("ship", """
                {"rows": [{"Pclass": 1, "Sex": "female", "Age": null, "Fare": 80.5, "Embarked": "S"}]}""");
        assertThat(answer.toString()).contains("\"1\"");
        isBisectedBy(csv, "ship");
    }

    @Test
    void bikesByTheHour() throws Exception {
        Path csv = bikes();
        String definition = made("bikes", csv, "cnt", "--key", "time");
        assertThat(definition)
                .contains("  key: time\n")
                .contains("  kind: value\n  column: cnt\n  horizon: 1\n")
                .contains("  - name: cnt_1\n    kind: lag\n    column: cnt\n    window: 0\n")
                .contains("window: 23\n")
                .contains("window: 167\n")
                .contains("part: weekday\n", "part: hour\n")
                .contains("  kind: chronological\n")
                .contains("# Left out: instant; it counts the lines.");
        try (Registry registry = Registry.open(repository);
                PredictionServer server = serve(registry)) {
            String url = "http://127.0.0.1:" + server.port() + "/predictionForTomorrow?model=bikes";
            await().atMost(Duration.ofSeconds(20)).until(() -> get(url).statusCode() == 200);
            assertThat(JSON.readTree(get(url).body()).toString()).contains("v1");
        }
    }

    @Test
    void aFileIsNamedFromTheDataFolderAndADateMayBeItsKey() throws Exception {
        Path csv = bikes();

        Laurel created = create("bikes", csv.getFileName(), "cnt");

        assertThat(created.exit()).as(created.err()).isZero();
        assertThat(created.out())
                .contains("hint: time holds dates, each once: with --key time rows are a series in that order");
        assertThat(create("series", csv, "cnt", "--key", "time").out()).doesNotContain("hint:");
        assertThat(create("none", Path.of("nowhere.csv"), "cnt").err())
                .isEqualTo("laurel: --csv: nowhere.csv (expected: a file here or in the data folder " + data + ")");
    }

    @Test
    void aSeriesThatWandersIsPredictedByItsChanges() throws IOException {
        Random random = new Random(4);
        StringBuilder csv = new StringBuilder("day;price_eur;price_usd\n");
        LocalDate day = LocalDate.of(2020, 1, 1);
        double price = 100;
        for (int i = 0; i < 500; i++) {
            price += 1 + random.nextGaussian();
            csv.append(String.format(Locale.GERMANY, "%td.%<tm.%<tY;%.2f;%.2f\n", day.plusDays(i), price, 1.1 * price));
        }
        String definition =
                made("prices", Files.writeString(data.resolve("prices.csv"), csv), "price_eur", "--key", "day");
        assertThat(definition)
                .contains("  date_format: d.M.yyyy\n  delimiter: \";\"\n  decimal: \",\"\n")
                .contains("  kind: change\n")
                .contains("  - name: price_eur_change_7\n    kind: difference\n    column: price_eur\n    window: 7\n")
                .contains("  kind: walk-forward\n");
    }

    @Test
    void whatIsNamedLikeTheTargetIsLeftOut() throws IOException {
        StringBuilder csv = new StringBuilder("a,b,c,d,e,f,outcome_damage,outcome_amount\n");
        Random random = new Random(5);
        for (int i = 0; i < 400; i++) {
            int damage = random.nextInt(10) == 0 ? 1 : 0;
            csv.append("%d,%d,%d,%d,%d,%d,%d,%d\n"
                    .formatted(
                            random.nextInt(9),
                            random.nextInt(9),
                            random.nextInt(9),
                            random.nextInt(9),
                            random.nextInt(9),
                            random.nextInt(9),
                            damage,
                            damage * random.nextInt(1000)));
        }
        assertThat(made("damage", Files.writeString(data.resolve("damage.csv"), csv), "outcome_damage"))
                .contains("# Left out: outcome_amount; its name begins as the target's")
                .contains("  metric: pr-auc\n");
    }

    @Test
    void whatCannotBeIsSaidInOneLine() throws IOException {
        Path csv = ship();
        assertThat(create("ship", csv, "Survivd").err())
                .startsWith("laurel: --target: Survivd (expected: one of PassengerId, ")
                .endsWith("; did you mean Survived?)");
        assertThat(create("ship", csv, "Name").err())
                .isEqualTo(
                        "laurel: --target: Name (expected: a column of numbers, or of words of which there are 2..50; this one has 600)");
        assertThat(create("ship", csv, "Ship").err())
                .isEqualTo("laurel: --target: Ship (expected: a column whose values differ; all of these are one)");
        assertThat(create("ship", csv, "Survived", "--key", "Sex").err())
                .isEqualTo(
                        "laurel: --key: Sex (expected: a column whose values come once each; this one has 2 different ones in 600 rows)");
        assertThat(create("ship", csv, "Survived", "--key", "Name").err())
                .isEqualTo(
                        "laurel: --key: Name (expected: a column of dates, such as 2020-04-17 or 17.4.2020; for others write date_format into a definition by hand)");
        assertThat(create("iris", csv, "Survived").err())
                .isEqualTo(
                        "laurel: model: iris (expected: a name that no model has yet; a commit changes what models/iris/model.yaml says)");
        Path elsewhere = Files.copy(csv, folder.resolve("elsewhere.csv"));
        assertThat(create("ship", elsewhere, "Survived").err())
                .startsWith("laurel: --csv: " + elsewhere + " (expected: a file below the data folder ");
    }

    @Test
    void aFileIsWrittenInsteadOfACommit() throws IOException {
        Path file = folder.resolve("model.yaml");
        assertThat(create("wine", wineQuality(), "quality", "--file", file).exit())
                .isZero();
        assertThat(Laurel.run("check", file)).isEqualTo(new Laurel(0, file + ": right", ""));
        assertThat(create("wine", wineQuality(), "quality", "--file", file).err())
                .isEqualTo("laurel: --file: " + file + " (expected: a file that is not there yet)");
    }

    /** By the file as it is, with its delimiter and with columns that nothing asks for. */
    private void isBisectedBy(Path csv, String model) {
        Laurel bisect = Laurel.run("bisect", model, "--data", csv, "--below", 2, "--repo", repository);
        assertThat(bisect.exit()).as(bisect.err()).isZero();
    }

    private Laurel create(String model, Path csv, String target, Object... more) {
        Object[] line = {"new", model, "--csv", csv, "--data", data, "--target", target, "--repo", repository};
        Object[] all = Arrays.copyOf(line, line.length + more.length);
        System.arraycopy(more, 0, all, line.length, more.length);
        return Laurel.run(all);
    }

    /** The definition, of which a version was trained and promoted. */
    private String made(String model, Path csv, String target, Object... more) {
        assertThat(create(model, csv, target, more)).satisfies(run -> {
            assertThat(run.err()).isEmpty();
            assertThat(run.exit()).isZero();
            assertThat(run.out()).endsWith("next: laurel train " + model + " --data " + data);
        });
        Laurel train = Laurel.run("train", model, "--data", data, "--repo", repository);
        assertThat(train.exit()).as(train.out() + train.err()).isZero();
        Laurel promote = Laurel.run("promote", model, "v1", "--repo", repository);
        assertThat(promote.exit()).as(promote.out() + promote.err()).isZero();
        try (Registry registry = Registry.open(repository)) {
            return new String(registry.head().definitionText(new ModelName(model)), StandardCharsets.UTF_8);
        }
    }

    private JsonNode answer(String model, String rows) throws Exception {
        try (Registry registry = Registry.open(repository);
                PredictionServer server = serve(registry)) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:%d/models/%s/predict".formatted(server.port(), model)))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(rows))
                    .build();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> client.send(request, BodyHandlers.ofString()).statusCode() != 503);
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            return JSON.readTree(response.body());
        }
    }

    private HttpResponse<String> get(String url) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
    }

    private PredictionServer serve(Registry registry) {
        RowStore rows = new RowStore(folder.resolve("rows"), true, Clock.systemUTC(), data);
        return PredictionServer.start(
                new ServerSettings(ServerSettings.LOOPBACK, 0, Showcase.PRODUCTION), registry, rows, Map.of());
    }

    /** As the file of the UCI repository is: semicolons, names with spaces in quotes, marks of which some are rare. */
    private Path wineQuality() throws IOException {
        Random random = new Random(1);
        StringBuilder csv =
                new StringBuilder("\"fixed acidity\";\"volatile acidity\";\"chlorides\";\"alcohol\";\"quality\"\n");
        for (int i = 0; i < 800; i++) {
            double alcohol = 8.5 + 5 * random.nextDouble();
            double acidity = 0.2 + random.nextDouble();
            long quality = i < 5
                    ? 3
                    : Math.round(Math.min(8, Math.max(4, 2 + 0.45 * alcohol - acidity + 0.5 * random.nextGaussian())));
            csv.append(String.format(
                    Locale.ROOT,
                    "%.1f;%.3f;%.3f;%.2f;%d\n",
                    5 + 5 * random.nextDouble(),
                    acidity,
                    0.05 + 0.1 * random.nextDouble(),
                    alcohol,
                    quality));
        }
        return Files.writeString(data.resolve("winequality.csv"), csv);
    }

    /** As the file of the Titanic is: an id, names with commas in quotes, missing ages, cabins that hardly anybody has. */
    private Path ship() throws IOException {
        Random random = new Random(2);
        StringBuilder csv = new StringBuilder("PassengerId,Survived,Pclass,Name,Sex,Age,Fare,Cabin,Embarked,Ship\n");
        for (int i = 1; i <= 600; i++) {
            int pclass = 1 + random.nextInt(3);
            boolean female = random.nextInt(3) == 0;
            boolean survived = random.nextDouble() < (female ? 0.8 : 0.2) + (pclass == 1 ? 0.15 : 0);
            csv.append(String.format(
                    Locale.ROOT,
                    "%d,%d,%d,\"Family %d, Person\",%s,%s,%.2f,%s,%s,Titanic\n",
                    i,
                    survived ? 1 : 0,
                    pclass,
                    i,
                    female ? "female" : "male",
                    random.nextInt(5) == 0 ? "" : String.valueOf(1 + random.nextInt(70)),
                    5 + 100 * random.nextDouble() / pclass,
                    random.nextInt(5) == 0 ? "C" + i : "",
                    random.nextInt(50) == 0
                            ? ""
                            : "SCQ".substring(random.nextInt(3)).substring(0, 1)));
        }
        return Files.writeString(data.resolve("ship.csv"), csv);
    }

    /** As the hours of a bike-sharing system are: a rhythm of days and weeks, with the weather beside it. */
    private Path bikes() throws IOException {
        Random random = new Random(3);
        StringBuilder csv = new StringBuilder("instant,time,temp,weather,cnt\n");
        LocalDateTime time = LocalDateTime.of(2011, 1, 1, 0, 0);
        for (int i = 1; i <= 24 * 120; i++) {
            double temp = 10 + 8 * Math.sin(time.getDayOfYear() / 58.0) + 3 * random.nextGaussian();
            double rush =
                    Math.exp(-Math.pow(time.getHour() - 8, 2) / 4) + Math.exp(-Math.pow(time.getHour() - 17, 2) / 6);
            long count = Math.max(
                    0,
                    Math.round(20
                            + 10 * temp * rush * (time.getDayOfWeek().getValue() < 6 ? 1 : 0.5)
                            + 5 * random.nextGaussian()));
            csv.append(String.format(
                    Locale.ROOT,
                    "%d,%s,%.2f,%s,%d\n",
                    i,
                    time.format(DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT)),
                    temp,
                    random.nextInt(4) == 0 ? "rain" : "clear",
                    count));
            time = time.plusHours(1);
        }
        return Files.writeString(data.resolve("hour.csv"), csv);
    }
}
