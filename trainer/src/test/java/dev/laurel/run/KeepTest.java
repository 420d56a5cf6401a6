package dev.laurel.run;

import static dev.laurel.run.DefinitionFixture.MODEL;
import static dev.laurel.run.DefinitionFixture.define;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.definition.Keep;
import dev.laurel.evaluation.Report;
import dev.laurel.model.Metric;
import dev.laurel.model.Version;
import dev.laurel.registry.Registry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which candidates become versions, and how far the runs come all the same. */
class KeepTest {
    private static final String NEWEST_ROW = "2020-04-17";

    @TempDir
    private Path folder;

    /** Nothing is better by all there is, so that only the first one passes. */
    private static DefinitionFixture never() {
        return define().anchor("2019-04-18").minimumGain(1);
    }

    @Test
    void whatIsRejectedIsNotRegisteredAndTheClockMovesOn() {
        try (Home home = new Home(folder, never().keep(Keep.PASSED).build())) {
            TrainingRun trainer = home.trainer(home.lines::add, Home.TIME);
            assertThat(trainer.run(MODEL)).isInstanceOf(RunOutcome.Registered.class);
            String main = home.registry.head().commit();

            assertThat(rejectedAt(trainer.run(MODEL))).isEqualTo("2019-04-22");
            assertThat(rejectedAt(trainer.run(MODEL))).isEqualTo("2019-04-23");

            assertThat(home.registry.head().commit()).isEqualTo(main);
            assertThat(home.lines).contains("  not registered: keep: passed");
        }
    }

    @Test
    void aProcessThatKnowsNothingOfThemLooksAtTheNewestRow() {
        try (Home home = new Home(folder, never().keep(Keep.PASSED).build())) {
            home.runAndRegister();
            TrainingRun another = home.trainer(home.lines::add, Home.TIME);

            assertThat(rejectedAt(another.run(MODEL))).isEqualTo(NEWEST_ROW);
            assertThat(another.run(MODEL)).isEqualTo(new RunOutcome.EndOfHistory(NEWEST_ROW));
        }
    }

    @Test
    void whatPassesIsRegistered() {
        try (Home home =
                new Home(folder, never().minimumGain(-1).keep(Keep.PASSED).build())) {
            TrainingRun trainer = home.trainer(home.lines::add, Home.TIME);
            trainer.run(MODEL);

            assertThat(trainer.run(MODEL)).isInstanceOf(RunOutcome.Registered.class);
            assertThat(home.report(2).clock()).isEqualTo("2019-04-22");
        }
    }

    @Test
    void ofEachDayTheBestStaysAndTheNewestThatTheNextRunBeginsAt() {
        try (Home home =
                new Home(folder, never().manual().keep(Keep.BEST_OF_DAY).build())) {
            Clock today = Home.TIME;
            Clock tomorrow = Clock.offset(today, Duration.ofDays(1));
            List<Report> first = run(home, today, 3);
            assertThat(home.versions()).containsExactly(best(first.subList(0, 2)), new Version(3));

            List<Report> second = run(home, tomorrow, 1);
            assertThat(home.versions()).containsExactly(best(first), new Version(4));

            second.addAll(run(home, tomorrow, 2));
            assertThat(home.versions()).containsExactly(best(first), best(second.subList(0, 2)), new Version(6));
            try (Registry registry = Registry.open(home.folder.resolve("models.git"))) {
                assertThat(registry.verify(null, null, (what, done, total) -> {})
                                .faults())
                        .isEmpty();
            }
        }
    }

    @Test
    void nobodyIsAskedToPromoteWhatWasRejected() {
        try (Home home = new Home(folder, never().manual().build())) {
            home.runAndRegister();
            home.registry.promote(Home.PRODUCTION, MODEL, new Version(1), "the first", Home.ALICE);
            home.lines.clear();

            run(home, Home.TIME, 1);

            assertThat(home.lines)
                    .contains("  not promoted: production keeps its champion")
                    .noneMatch(line -> line.contains("laurel promote"));
        }
    }

    @Test
    void whatIsPinnedStaysBesideTheBest() {
        try (Home home = new Home(folder, never().keep(Keep.BEST_OF_DAY).build())) {
            run(home, Home.TIME, 4);

            assertThat(home.champion()).contains(new Version(1));
            assertThat(home.versions()).contains(new Version(1), new Version(4)).hasSizeLessThan(4);
        }
    }

    private static List<Report> run(Home home, Clock time, int times) {
        List<Report> reports = new ArrayList<>();
        TrainingRun trainer = home.trainer(home.lines::add, time);
        for (int i = 0; i < times; i++) {
            reports.add(((RunOutcome.Registered) trainer.run(MODEL)).report());
        }
        return reports;
    }

    private static Version best(List<Report> reports) {
        return reports.stream()
                .max(Comparator.<Report>comparingDouble(
                                report -> report.challenger().metrics().get(Metric.ACCURACY))
                        .thenComparing(Report::version))
                .orElseThrow()
                .version();
    }

    private static String rejectedAt(RunOutcome outcome) {
        assertThat(outcome).isInstanceOf(RunOutcome.Rejected.class);
        return ((RunOutcome.Rejected) outcome).newestRow();
    }
}
