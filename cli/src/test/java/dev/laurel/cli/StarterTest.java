package dev.laurel.cli;

import java.util.List;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.definition.Definition;
import dev.laurel.model.ModelName;
import dev.laurel.definition.Source;
import dev.laurel.yaml.Yaml;
import org.junit.jupiter.api.Test;

class StarterTest {
    @Test
    void offlineTheBundledHistoryIsWrittenDownForGood() {
        ModelName model = new ModelName("spy-direction");
        Starter starter = Starter.choose(List.of(Starter.DEFAULT), true, null);
        assertThat(starter.definitions()).containsOnlyKeys(model);
        Definition definition = Yaml.read(starter.definitions().get(model), "model.yaml", Definition.class);
        assertThat(definition.source()).isEqualTo(new Source.Yahoo("SPY", "1d", "sp500-2000", Source.Choice.FALLBACK));
        assertThat(definition.split().anchor()).isEqualTo("2019-04-17");
        assertThat(definition.experiments()).extracting(Object::toString).containsExactly("50x3", "100x5", "200x8");
    }
}
