package dev.laurel.cli.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.definition.Definition;
import dev.laurel.definition.Source;
import dev.laurel.model.ModelName;
import dev.laurel.split.Rolling;
import dev.laurel.yaml.Yaml;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class StarterTest {
    @Test
    void offlineTheBundledHistoryIsWrittenDownForGood() {
        ModelName model = new ModelName("spy-direction");
        Starter starter = Starter.choose(List.of(Starter.DEFAULT), true, null);
        assertThat(starter.definitions()).containsOnlyKeys(model);
        Definition definition = Yaml.read(starter.definitions().get(model), "model.yaml", Definition.class);
        assertThat(definition.source()).isEqualTo(new Source.Yahoo("SPY", "1d", "sp500-2000", Source.Choice.FALLBACK));
        assertThat(definition.split()).isEqualTo(new Rolling(LocalDate.of(2019, 4, 17), 500, 60, 60));
        assertThat(definition.experiments())
                .extracting(Object::toString)
                .containsExactly("depth 3, trees 50", "depth 5, trees 100", "depth 8, trees 200");
    }

    @Test
    void allOfThemAreDefinitions() {
        Starter starter = Starter.choose(List.of(Starter.EVERY), true, null);

        assertThat(starter.definitions().keySet())
                .extracting(ModelName::value)
                .containsExactly("airline-passengers", "damage-incidence", "gold-change", "iris", "spy-direction");
        starter.definitions()
                .forEach((model, yaml) -> assertThat(
                                Yaml.read(yaml, "model.yaml", Definition.class).model())
                        .isEqualTo(model));
    }

    @Test
    void anUnknownOneIsNamed() {
        assertThatThrownBy(() -> Starter.choose(List.of("gold"), true, null))
                .hasMessage("model: gold (expected: one of spy-direction, iris, airline-passengers, gold-change,"
                        + " damage-incidence, or all)");
    }
}
