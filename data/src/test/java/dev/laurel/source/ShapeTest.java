package dev.laurel.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.definition.Source;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ShapeTest {
    private static final Source.Yahoo SPY = new Source.Yahoo("SPY", "1d", null, null);

    @Test
    void hasTheKeyOfTheSource() {
        assertThat(Shape.of(Definitions.ofDirection(SPY, null))).isEqualTo(new Shape("date", Set.of()));
        assertThat(Shape.of(Definitions.ofDirection(new Source.Bundled("sp500-2000"), null))
                        .key())
                .isEqualTo("date");
        assertThat(Shape.of(Definitions.ofValue(new Source.Bundled("airline-passengers"), "passengers", "x"))
                        .key())
                .isEqualTo("month");
        assertThat(Shape.of(Definitions.ofValue(Definitions.csv("a.csv", "day"), "y", "x"))
                        .key())
                .isEqualTo("day");
    }

    @Test
    void hasTheKeyOfTheFallbackThatWasChosen() {
        Source csv = new Source.Csv(
                "p.csv", "when", ",", ".", null, null, null, "UTF-8", "airline-passengers", Source.Choice.FALLBACK);

        assertThat(Shape.of(Definitions.ofValue(csv, "passengers", "x")).key()).isEqualTo("month");
    }

    @Test
    void hasTheColumnsOfWordsWithoutTheKey() {
        Source iris = new Source.Bundled("iris");
        assertThat(Shape.of(Definitions.ofLabel(iris, "species", "petal_width")))
                .isEqualTo(new Shape(null, Set.of("species")));
        assertThat(Shape.of(Definitions.ofLabel(Definitions.csv("a.csv", "species"), "species", "petal_width")))
                .isEqualTo(new Shape("species", Set.of()));
    }

    @Test
    void namesTheBundledRowsThatThereAre() {
        assertThatThrownBy(() -> Shape.of(Definitions.ofDirection(new Source.Bundled("irish"), null)))
                .isInstanceOf(SourceException.class)
                .hasMessage(
                        "bundled rows: irish (expected: one of [airline-passengers, damage-generated, gold-generated, iris,"
                                + " sp500-2000])");
    }
}
