package dev.laurel.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.Documents;
import dev.laurel.Golden;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The first form of every document: it is to be written like this, and read, for ever. */
class GoldenDocumentsTest {

    static Stream<Arguments> documents() {
        return Stream.of(
                Arguments.of("model.yaml", Documents.DEFINITION),
                Arguments.of("model-of-flowers.yaml", Documents.FLOWERS),
                Arguments.of("fitted.yaml", Documents.FITTED),
                Arguments.of("signature.yaml", Documents.SIGNATURE),
                Arguments.of("profile.yaml", Documents.PROFILE),
                Arguments.of("champion.yaml", Documents.PIN),
                Arguments.of("champion-by-person.yaml", Documents.PIN_BY_PERSON),
                Arguments.of("champion-by-live-traffic.yaml", Documents.PIN_BY_LIVE_TRAFFIC),
                Arguments.of("challenger.yaml", Documents.CHALLENGER),
                Arguments.of("version.yaml", Documents.RECORD),
                Arguments.of("report.yaml", Documents.REPORT),
                Arguments.of("provenance.yaml", Documents.PROVENANCE));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void writesExactlyTheGoldenBytes(String file, Object document) {
        assertThat(Yaml.write(document)).asString().isEqualTo(Golden.text(file));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void readsTheGoldenBytesAsTheSameValue(String file, Object document) {
        Object read = Yaml.read(Golden.bytes(file), file, document.getClass());
        assertThat(read).isEqualTo(document);
    }
}
