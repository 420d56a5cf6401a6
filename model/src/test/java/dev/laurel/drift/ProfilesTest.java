package dev.laurel.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.laurel.model.InvalidValueException;
import dev.laurel.task.Classification;
import dev.laurel.task.Regression;
import dev.laurel.task.Task;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ProfilesTest {
    private static final Task YES_OR_NO = new Classification(List.of("YES", "NO"));

    @Test
    void describesEachFeatureByItsOwnColumn() {
        double[][] vectors = {{4, 10}, {1, 10}, {3, 10}, {2, 10}};

        Profile profile = Profiles.of(List.of("a", "b"), vectors, YES_OR_NO, new double[] {0, 1, 0, 0});

        assertThat(profile.rows()).isEqualTo(4);
        assertThat(profile.labels()).isEqualTo(Map.of("YES", 0.75, "NO", 0.25));
        assertThat(profile.value()).isNull();
        Profile.Distribution a = profile.features().get(0);
        assertThat(a.feature()).isEqualTo("a");
        assertThat(a.mean()).isEqualTo(2.5);
        // The sum of squares is 5, over 4 - 1.
        assertThat(a.standardDeviation()).isCloseTo(Math.sqrt(5 / 3.0), within(1e-15));
        Profile.Distribution b = profile.features().get(1);
        assertThat(b.standardDeviation()).isZero();
        assertThat(b.deciles()).containsOnly(10.0).hasSize(11);
    }

    @Test
    void interpolatesDecilesBetweenValues() {
        double[][] vectors = {{50}, {10}, {30}, {20}, {40}};

        List<Double> deciles = Profiles.of(List.of("a"), vectors, YES_OR_NO, new double[5])
                .features()
                .get(0)
                .deciles();

        double[] expected = {10, 14, 18, 22, 26, 30, 34, 38, 42, 46, 50};
        for (int i = 0; i < expected.length; i++) {
            assertThat(deciles.get(i)).isCloseTo(expected[i], within(1e-12));
        }
    }

    @Test
    void describesASingleRow() {
        Profile profile = Profiles.of(List.of("a"), new double[][] {{7}}, YES_OR_NO, new double[1]);

        assertThat(profile.features().get(0).standardDeviation()).isZero();
        assertThat(profile.features().get(0).deciles()).containsOnly(7.0);
    }

    @Test
    void doesNotChangeTheVectors() {
        double[][] vectors = {{4}, {1}};

        Profiles.of(List.of("a"), vectors, YES_OR_NO, new double[2]);

        assertThat(vectors[0][0]).isEqualTo(4);
    }

    @Test
    void refusesNoRowsAndRowsWithoutALabel() {
        assertThatThrownBy(() -> Profiles.of(List.of("a"), new double[][] {}, YES_OR_NO, new double[] {}))
                .isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> Profiles.of(List.of("a"), new double[][] {{1}}, YES_OR_NO, new double[2]))
                .hasMessage("answers: 2 (expected: one for each row: 1)");
    }

    @Test
    void describesTheValuesOfARegression() {
        Profile profile = Profiles.of(
                List.of("a"), new double[][] {{1}, {2}, {3}}, new Regression("EUR"), new double[] {30, 10, 20});

        assertThat(profile.labels()).isNull();
        assertThat(profile.value()).isNotNull();
        assertThat(profile.value().mean()).isCloseTo(20, within(1e-12));
        assertThat(profile.value().standardDeviation()).isCloseTo(10, within(1e-12));
        assertThat(profile.value().deciles().get(5)).isEqualTo(20);
    }

    @Test
    void isOfLabelsOrOfValues() {
        Profile.Distribution value = new Profile.Distribution("value", 0, 1, Collections.nCopies(11, 0.0));
        TreeMap<String, Double> labels = new TreeMap<>(Map.of("YES", 1.0));

        assertThatThrownBy(() -> new Profile(1, List.of(), null, null)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> new Profile(1, List.of(), labels, value)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> new Profile.Distribution("a", 0, 1, List.of(0.0)))
                .hasMessage("deciles: 1 (expected: 11 values)");
    }
}
