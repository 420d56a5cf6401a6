package dev.laurel.run;

import static dev.laurel.run.DefinitionFixture.MODEL;
import static dev.laurel.run.DefinitionFixture.define;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.evaluation.MetricIntervals;
import dev.laurel.evaluation.Metrics;
import dev.laurel.judge.DocumentDifference;
import dev.laurel.judge.MetricRow;
import dev.laurel.judge.VersionDiff;
import dev.laurel.model.Metric;
import dev.laurel.model.Version;
import dev.laurel.registry.RegistryException;
import dev.laurel.yaml.Yaml;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two versions side by side, with real models and their kept rows. */
class VersionDiffTest {
    @TempDir
    private Path folder;

    @Test
    void bothAreMeasuredOnTheEvaluationRowsOfTheNewerOne() {
        try (Home home = home(define())) {
            home.runAndRegister();
            home.runAndRegister();
            VersionDiff diff = diff(home, 1, 2);

            assertThat(diff.rows()).isEqualTo(home.report(2).windows().evaluation());
            assertThat(diff.apart()).isNull();
            // The gate passes every challenger here, so v1 was the champion that v2 was judged against, on these very
            // rows.
            for (MetricRow row : diff.metrics()) {
                double champion = home.report(2).champion().metrics().get(row.metric());
                double challenger = home.report(2).challenger().metrics().get(row.metric());
                assertThat(row.from().value()).isEqualTo(champion);
                assertThat(row.to().value()).isEqualTo(challenger);
                assertThat(row.gain().value()).isEqualTo(row.metric().gain(challenger, champion));
                assertThat(row.from().interval().low()).isLessThanOrEqualTo(champion);
                assertThat(row.gain().interval().high())
                        .isGreaterThanOrEqualTo(row.gain().value());
            }
            Metrics before = home.report(2).champion().metrics();
            Metrics after = home.report(2).challenger().metrics();
            assertThat(diff.churn().rows()).isEqualTo(20);
            assertThat(diff.churn().corrected() - diff.churn().broken())
                    .isEqualTo(Math.toIntExact(
                            Math.round(20 * (after.get(Metric.ACCURACY) - before.get(Metric.ACCURACY)))));
            assertThat(diff.definition()).isEmpty();
            assertThat(diff.provenance()).extracting(DocumentDifference::path).containsExactly("commit", "data");
        }
    }

    @Test
    void theOlderOneMayComeSecond() {
        try (Home home = home(define())) {
            home.runAndRegister();
            home.runAndRegister();
            VersionDiff forth = diff(home, 1, 2);
            VersionDiff back = diff(home, 2, 1);

            assertThat(back.rows()).isEqualTo(forth.rows());
            assertThat(back.churn().corrected()).isEqualTo(forth.churn().broken());
            assertThat(back.metrics().get(0).gain().value())
                    .isEqualTo(-forth.metrics().get(0).gain().value());
        }
    }

    @Test
    void withoutTheRowsTheReportsAreShownAndItSaysSo() throws Exception {
        try (Home home = home(define())) {
            home.runAndRegister();
            home.runAndRegister();
            Files.delete(home.lfsObject(home.record(2).data()));
            VersionDiff diff = diff(home, 1, 2);

            assertThat(diff.rows()).isNull();
            assertThat(diff.churn()).isNull();
            assertThat(diff.apart())
                    .isEqualTo("rows of v2: bytes of %s: missing"
                            .formatted(home.record(2).data().digest()));
            Metrics reported = home.report(1).challenger().metrics();
            assertThat(diff.metrics()).allSatisfy(row -> {
                assertThat(row.from().value()).isEqualTo(reported.get(row.metric()));
                assertThat(row.from().interval())
                        .isEqualTo(MetricIntervals.of(reported).get(row.metric()));
                assertThat(row.gain()).isNull();
            });
        }
    }

    @Test
    void anotherDefinitionIsShownByPathAlsoWithoutTheModelFiles() throws Exception {
        try (Home home = home(define())) {
            home.runAndRegister();
            home.push(Yaml.write(
                    define().anchor("2019-04-18").seed(7).featureFraction(0.75).build()));
            home.runAndRegister();

            VersionDiff diff = diff(home, 1, 2);
            assertThat(diff.definition())
                    .containsExactly(
                            new DocumentDifference("seed", "1", "7"),
                            new DocumentDifference("trainer.feature_fraction", "0.5", "0.75"));
            assertThat(diff.provenance()).extracting(DocumentDifference::path).contains("definition", "seed");

            Files.delete(home.lfsObject(home.record(1).modelFile()));
            VersionDiff without = diff(home, 1, 2);
            assertThat(without.definition()).isEqualTo(diff.definition());
            assertThat(without.from()).isEqualTo(diff.from());
            assertThat(without.apart()).startsWith("model file of v1: ");
        }
    }

    @Test
    void anotherTargetIsNotMeasuredOnTheSameRows() throws Exception {
        try (Home home = home(define())) {
            home.runAndRegister();
            home.push(
                    Yaml.write(define().anchor("2019-04-18").target("close", 2).build()));
            home.runAndRegister();

            assertThat(diff(home, 1, 2).apart())
                    .startsWith("v1 cannot be measured on the rows of v2: it predicts another target: ");
        }
    }

    @Test
    void oneThatLearnedFromTheRowsIsNotMeasuredOnThem() throws Exception {
        try (Home home = home(define())) {
            home.runAndRegister();
            home.push(Yaml.write(define().anchor("2019-04-18").evaluation(60).build()));
            home.runAndRegister();

            assertThat(diff(home, 1, 2).apart())
                    .startsWith("v1 cannot be measured on the rows of v2: it learned from rows until ");
        }
    }

    @Test
    void aVersionThatIsNotThereIsRefused() {
        try (Home home = home(define())) {
            home.runAndRegister();

            assertThatThrownBy(() -> diff(home, 1, 2))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageStartingWith("no v2 of spy-direction is registered");
        }
    }

    @Test
    void everyMetricHasItsLine() {
        try (Home home = home(define())) {
            home.runAndRegister();

            assertThat(diff(home, 1, 1).metrics())
                    .extracting(MetricRow::metric)
                    .containsExactlyElementsOf(EnumSet.range(Metric.ACCURACY, Metric.CALIBRATION_ERROR));
        }
    }

    private static VersionDiff diff(Home home, int from, int to) {
        return VersionDiff.of(home.registry, home.registry.head(), MODEL, new Version(from), new Version(to));
    }

    private Home home(DefinitionFixture definition) {
        return new Home(folder, definition.anchor("2019-04-18").build());
    }
}
