package dev.laurel.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.jsontype.NamedType;
import dev.laurel.definition.Search;
import dev.laurel.definition.Source;
import dev.laurel.definition.Trainer;
import dev.laurel.feature.Feature;
import dev.laurel.split.Split;
import dev.laurel.target.Target;
import dev.laurel.task.Task;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KindsTest {

    @ParameterizedTest
    @ValueSource(
            classes = {
                Source.class,
                Feature.class,
                Target.class,
                Split.class,
                Trainer.class,
                Search.class,
                Task.class
            })
    void nameEveryRecordOnce(Class<?> type) {
        assertThat(Kinds.of(type)).extracting(NamedType::getName).doesNotHaveDuplicates();
        assertThat(Kinds.of(type).stream().<Class<?>>map(NamedType::getType))
                .containsExactlyInAnyOrder(type.getPermittedSubclasses());
    }
}
