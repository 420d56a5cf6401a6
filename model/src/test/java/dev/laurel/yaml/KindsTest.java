package dev.laurel.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.jsontype.NamedType;
import dev.laurel.definition.Search;
import dev.laurel.definition.Source;
import dev.laurel.definition.Trainer;
import dev.laurel.feature.Feature;
import dev.laurel.split.Split;
import dev.laurel.task.Target;
import dev.laurel.task.Task;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KindsTest {
    private static final String FEATURES = """
            features:
              - kind: column
                name: a
                column: x
              - kind: lag
                name: b
                column: x
                window: 0
              - kind: difference
                name: c
                column: x
                window: 1
              - kind: return
                name: d
                column: x
                window: 1
              - kind: moving-average
                name: e
                column: x
                window: 1
              - kind: rolling
                name: f
                column: x
                window: 2
                statistic: standard-deviation
              - kind: volatility
                name: g
                column: x
                window: 2
              - kind: calendar
                name: h
                column: date
                part: day-of-year
                cyclic: false
              - kind: one-hot
                name: i
                column: colour
              - kind: ordinal
                name: j
                column: colour
                vocabulary:
                  - red
                  - "1"
              - kind: log
                name: k
                column: x
                offset: 1.0
              - kind: standardise
                name: l
                column: x
              - kind: min-max
                name: m
                column: x
              - kind: bins
                name: nn
                column: x
                bins: 4
              - kind: interaction
                name: o
                column: x
                with: z
            """;

    record Features(List<Feature> features) {}

    @Test
    void areReadAndWrittenTheSame() {
        Features read = Yaml.read(FEATURES.getBytes(StandardCharsets.UTF_8), "file.yaml", Features.class);

        assertThat(read.features().stream().<Class<?>>map(Feature::getClass))
                .containsExactlyInAnyOrder(Feature.class.getPermittedSubclasses());
        assertThat(Yaml.write(read)).asString().isEqualTo(FEATURES);
    }

    @ParameterizedTest
    @ValueSource(
            classes = {Source.class, Feature.class, Target.class, Split.class, Trainer.class, Search.class, Task.class})
    void nameEveryRecordOnce(Class<?> type) {
        assertThat(Kinds.of(type)).extracting(NamedType::getName).doesNotHaveDuplicates();
        assertThat(Kinds.of(type).stream().<Class<?>>map(NamedType::getType))
                .containsExactlyInAnyOrder(type.getPermittedSubclasses());
    }
}
