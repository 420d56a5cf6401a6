package dev.laurel.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.laurel.task.Classification;
import dev.laurel.task.Regression;
import dev.laurel.task.Task;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares metrics with those that {@code bench/metrics.py} wrote down. */
class ScikitLearnTest {
    private static final String FILE = "/metrics/scikit-learn.txt";
    private static final double CLOSE = 1e-9;

    /** Random answers and what their metrics are; {@code labels} is 0 for a regression. */
    private record Case(int labels, double[] truth, double[] scores, SortedMap<String, Double> metrics) {
        static Case of(Map<String, double[]> lines) {
            SortedMap<String, Double> metrics = new TreeMap<>();
            lines.forEach((name, numbers) -> metrics.put(name, numbers[0]));
            metrics.keySet().removeAll(List.of("labels", "truth", "scores"));
            return new Case(
                    (int) numbers(lines, "labels")[0], numbers(lines, "truth"), numbers(lines, "scores"), metrics);
        }

        private static double[] numbers(Map<String, double[]> lines, String name) {
            return Objects.requireNonNull(lines.get(name), name);
        }

        Task task() {
            return labels == 0
                    ? new Regression("EUR")
                    : new Classification(
                            IntStream.range(0, labels).mapToObj(String::valueOf).toList());
        }

        double[][] rows() {
            int outputs = task().outputs();
            return IntStream.range(0, truth.length)
                    .mapToObj(row -> Arrays.copyOfRange(scores, row * outputs, (row + 1) * outputs))
                    .toArray(double[][]::new);
        }

        @Override
        public String toString() {
            return "%d labels, %d rows".formatted(labels, truth.length);
        }
    }

    static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        Map<String, double[]> lines = new LinkedHashMap<>();
        for (String line : text().lines().filter(each -> !each.startsWith("#")).toList()) {
            String[] words = line.split(" ");
            if (words[0].equals("labels") && !lines.isEmpty()) {
                cases.add(Case.of(lines));
                lines.clear();
            }
            lines.put(
                    words[0],
                    Stream.of(words).skip(1).mapToDouble(Double::parseDouble).toArray());
        }
        cases.add(Case.of(lines));
        return cases;
    }

    private static String text() {
        try (InputStream in = Objects.requireNonNull(ScikitLearnTest.class.getResourceAsStream(FILE))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agrees(Case each) {
        SortedMap<String, Double> metrics =
                each.task().metrics(each.truth(), each.rows()).values();

        assertThat(metrics.keySet()).isEqualTo(each.metrics().keySet());
        each.metrics().forEach((name, expected) -> {
            double value = metrics.getOrDefault(name, Double.NEGATIVE_INFINITY);
            if (expected.isNaN()) {
                assertThat(value).as(name).isNaN();
            } else {
                assertThat(value).as(name).isCloseTo(expected, within(CLOSE * Math.max(1, Math.abs(expected))));
            }
        });
    }

    @Test
    void holdsTheCasesThatAreHard() {
        List<Case> cases = cases();

        assertThat(cases).hasSize(60);
        assertThat(cases).extracting(Case::labels).contains(0, 2, 4);
        assertThat(cases)
                .filteredOn(each -> each.metrics().getOrDefault("auc", 0.0).isNaN())
                .hasSizeGreaterThan(5);
        assertThat(cases).filteredOn(each -> each.metrics().containsValue(0.5)).isNotEmpty();
    }
}
