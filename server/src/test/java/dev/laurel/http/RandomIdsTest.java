package dev.laurel.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RandomIdsTest {
    @Test
    void areOfTheRandomForm() {
        assertThat(Stream.generate(RandomIds::next).limit(200)).allSatisfy(id -> {
            UUID uuid = UUID.fromString(id);
            assertThat(uuid.toString()).isEqualTo(id);
            assertThat(uuid.version()).isEqualTo(4);
            assertThat(uuid.variant()).isEqualTo(2);
        });
    }

    @Test
    void noneComesTwiceWhateverTheThread() {
        List<String> ids = IntStream.range(0, 10_000)
                .parallel()
                .mapToObj(i -> RandomIds.next())
                .toList();
        assertThat(ids).doesNotHaveDuplicates();
    }
}
