package dev.laurel.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.laurel.model.InvalidValueException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProfilesTest {

    @Test
    void describesEachFeatureByItsOwnColumn() {
        double[][] vectors = {{4, 10}, {1, 10}, {3, 10}, {2, 10}};

        Profile profile = Profiles.of(List.of("a", "b"), vectors, new boolean[] {true, false, true, true});

        assertThat(profile.rows()).isEqualTo(4);
        assertThat(profile.positiveShare()).isEqualTo(0.75);
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

        List<Double> deciles = Profiles.of(List.of("a"), vectors, new boolean[5])
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
        Profile profile = Profiles.of(List.of("a"), new double[][] {{7}}, new boolean[] {true});

        assertThat(profile.features().get(0).standardDeviation()).isZero();
        assertThat(profile.features().get(0).deciles()).containsOnly(7.0);
    }

    @Test
    void doesNotChangeTheVectors() {
        double[][] vectors = {{4}, {1}};

        Profiles.of(List.of("a"), vectors, new boolean[2]);

        assertThat(vectors[0][0]).isEqualTo(4);
    }

    @Test
    void refusesNoRowsAndRowsWithoutALabel() {
        assertThatThrownBy(() -> Profiles.of(List.of("a"), new double[][] {}, new boolean[] {}))
                .isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> Profiles.of(List.of("a"), new double[][] {{1}}, new boolean[2]))
                .hasMessage("labels: 2 (expected: one for each row: 1)");
    }
}
