package dev.laurel.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.definition.Definition;
import dev.laurel.model.Environment;
import dev.laurel.yaml.Yaml;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PolicyTest {
    private static final Environment PRODUCTION = new Environment("production");

    @Test
    void saysInOneSentenceWhatIsTrainedWhenWhatTheGateDoesAndWhatIsKept() throws IOException {
        assertThat(Policy.sentence(definition("airline-passengers"), PRODUCTION, Optional.empty()))
                .isEqualTo(
                        "Trained when its newest version is older than 7d, where the rows or the definition have changed; "
                                + "the gate passes a version whose rmse is at least 0.1 lower than the champion's, on 24 rows or more, "
                                + "and a person who merges its pull request then makes it the champion of production; "
                                + "every version, also a rejected one, is kept in history, the newest 5, and those that are pinned, in the tree too.");
    }

    @Test
    void saysHowOftenThisProcessTrains() throws IOException {
        assertThat(Policy.sentence(definition("spy-direction"), PRODUCTION, Optional.of(Duration.ofSeconds(30))))
                .startsWith(
                        "Trained here every 30 s, each time with one row more of the source, as long as it has more; ");
        assertThat(Policy.sentence(definition("iris"), PRODUCTION, Optional.of(Duration.ofMinutes(5))))
                .startsWith("Trained here every 5 min, where ");
        assertThat(Policy.sentence(definition("iris"), PRODUCTION, Optional.of(Duration.ofMillis(500))))
                .startsWith("Trained here every 500 ms, where ");
    }

    @Test
    void saysThatLiveTrafficDecidesWhereTheGateHasRulesForIt() throws IOException {
        assertThat(live("mode: canary, share: 10", ""))
                .contains(
                        ", and a commit then makes it the champion of production where none stands, else its challenger first,"
                                + " a canary that answers 10 % of the callers, which live traffic then promotes or withdraws;")
                .doesNotContain("rolled back");
        assertThat(live("mode: shadow", ", champion: {minimum_answers: 10, most_errors: 0.01, p99_millis: 50}"))
                .contains("a shadow that answers nobody and is compared, which")
                .contains("withdraws; a champion that fails on live traffic is rolled back;");
    }

    private static String live(String how, String champion) throws IOException {
        String rules = "live: {%s, minimum_answers: 10, minimum_seconds: 0, extra_errors: 0, p99_factor: 2%s}, metric:"
                .formatted(how, champion);
        try (InputStream file = PolicyTest.class.getResourceAsStream("/spy-direction.yaml")) {
            String text = new String(Objects.requireNonNull(file).readAllBytes(), UTF_8).replace("metric:", rules);
            return Policy.sentence(
                    Yaml.read(text.getBytes(UTF_8), "model.yaml", Definition.class), PRODUCTION, Optional.empty());
        }
    }

    private static Definition definition(String model) throws IOException {
        try (InputStream file = PolicyTest.class.getResourceAsStream("/%s.yaml".formatted(model))) {
            return Yaml.read(Objects.requireNonNull(file).readAllBytes(), "model.yaml", Definition.class);
        }
    }
}
