package dev.laurel.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.definition.Definition;
import dev.laurel.yaml.Yaml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PolicyLineTest {
    @Test
    void saysWhenAModelIsTrainedWhatTheGateDoesAndWhatIsKept() throws IOException {
        String definition = Files.readString(Path.of("src/test/resources/daily.yaml"));

        assertThat(line(definition, Duration.ofSeconds(30)))
                .isEqualTo(
                        "daily: trains every 30 s; the gate promotes what is better in accuracy by 0.01 on at least 40"
                                + " rows; every version is kept, rejected or not, the last 50 in the tree");
        assertThat(line(
                        definition.replace("mode: commit", "mode: manual") + "keep: best-of-day\nretention: off\n",
                        Duration.ofMillis(500)))
                .isEqualTo(
                        "daily: trains every 500 ms; the gate passes what is better in accuracy by 0.01 on at least 40"
                                + " rows and leaves the promotion to you; the best version of each day is kept, all of them in the tree");
    }

    @Test
    void saysThatLiveTrafficDecidesWhereTheGateHasRulesForIt() throws IOException {
        String definition =
                Files.readString(Path.of("src/test/resources/daily.yaml")).stripTrailing()
                        + "\n  live: {mode: canary, share: 10, minimum_answers: 10, minimum_seconds: 0, extra_errors: 0, p99_factor: 2}\n";

        assertThat(line(definition, Duration.ofSeconds(30)))
                .contains(
                        "; the gate tries what is better in accuracy by 0.01 on at least 40 rows as a canary for 10 %"
                                + " of the callers first, where a champion stands, and live traffic promotes or withdraws it; ");
        assertThat(line(definition.replace("mode: canary, share: 10", "mode: shadow"), Duration.ofSeconds(30)))
                .contains(" rows as a shadow first, where");
    }

    @Test
    void writesSmallGainsWithoutAnExponent() throws IOException {
        String definition = Files.readString(Path.of("src/test/resources/daily.yaml"));

        assertThat(line(definition.replace("minimum_gain: 0.01", "minimum_gain: 0.0001"), Duration.ofSeconds(30)))
                .contains(" better in accuracy by 0.0001 on ");
    }

    private static String line(String definition, Duration every) {
        return PolicyLine.line(
                Yaml.read(definition.getBytes(StandardCharsets.UTF_8), "model.yaml", Definition.class), every);
    }
}
