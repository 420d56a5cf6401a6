package dev.laurel.run;

import static dev.laurel.golden.Golden.assertGolden;
import static dev.laurel.run.DefinitionFixture.MODEL;
import static dev.laurel.run.DefinitionFixture.define;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.definition.Source;
import dev.laurel.evaluation.Report;
import dev.laurel.judge.Contender;
import dev.laurel.model.Metric;
import dev.laurel.model.ModelName;
import dev.laurel.model.Pin;
import dev.laurel.model.Provenance;
import dev.laurel.model.Version;
import dev.laurel.model.VersionRecord;
import dev.laurel.propose.PullRequests;
import dev.laurel.registry.outcome.Promotion;
import dev.laurel.registry.outcome.RegistryException;
import dev.laurel.source.RowStore;
import dev.laurel.source.Shape;
import dev.laurel.source.TableCsv;
import dev.laurel.split.Sides;
import dev.laurel.table.Table;
import dev.laurel.yaml.Yaml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whole runs on the bundled history, with a real models repository. Long since every outcome of a run is here, and they share how a run is
 * set up.
 */
class TrainingRunTest {
    private static final String NEWEST_ROW = "2020-04-17";

    @TempDir
    private Path folder;

    @Test
    void theFirstRunStandsAtTheAnchorAndBootstrapsTheChampion() {
        try (Home home = home(inTheMiddle().minimumGain(1))) {
            RunOutcome.Registered run = home.runAndRegister();

            assertThat(run.report()).isEqualTo(home.report(1));
            assertThat(run.report().clock()).isEqualTo("2019-04-18");
            assertThat(run.report().champion()).isNull();
            assertThat(run.report().decision().reasons()).containsExactly("bootstrap: no champion stands");
            assertThat(run.promotion()).isInstanceOf(Promotion.Moved.class);
            Pin pin = ((Promotion.Moved) run.promotion()).pin();
            assertThat(pin.evidence())
                    .isEqualTo(new Pin.Evidence(
                            Metric.ACCURACY,
                            run.report().challenger().metrics().get(Metric.ACCURACY),
                            null,
                            20,
                            home.provenance(1).data()));
            assertThat(pin.digest()).isEqualTo(home.record(1).modelFile().digest());
        }
    }

    @Test
    void keepsExactlyTheRowsOfTheRunAndTheyGiveTheReportAgain() {
        try (Home home = home(inTheMiddle().minimumGain(1))) {
            Report report = home.runAndRegister().report();
            VersionRecord record = home.record(1);

            Table kept = rows(home, record);
            Sides sides = inTheMiddle().build().sides(kept);
            assertThat(kept.rows()).isEqualTo(inTheMiddle().neededRows());
            assertThat(kept.key(kept.rows() - 1)).isEqualTo(report.clock());
            assertThat(Report.Windows.of(sides, kept)).isEqualTo(report.windows());
            assertThat(Contender.load(home.fetch(record.modelFile()))
                            .predictions(kept, sides.evaluation())
                            .metrics())
                    .isEqualTo(report.challenger().metrics());
        }
    }

    @Test
    void aVersionHasItsDocumentsAndItsProvenance() {
        try (Home home = home(inTheMiddle().minimumGain(1))) {
            home.runAndRegister();

            assertThat(home.record(1).members().keySet())
                    .containsExactly(
                            "README.md",
                            "evaluation.svg",
                            "profile.yaml",
                            "provenance.yaml",
                            "report.yaml",
                            "spy-direction.model");
            Provenance provenance = home.provenance(1);
            assertThat(provenance.definition()).isEqualTo(home.registry.head().definitionDigest(MODEL));
            assertThat(provenance.data()).isEqualTo(home.record(1).data().digest());
            assertThat(provenance.laurel()).matches("\\d+\\.\\d+\\.\\d+.*");
            assertThat(provenance.libraries())
                    .containsEntry("fastcsv", "4.4.0")
                    .doesNotContainValue("")
                    .allSatisfy((name, version) -> assertThat(version).matches("\\d+\\..*"));
            assertThat(provenance.startedAt()).isEqualTo(Home.TIME.instant());
            assertThat(home.show("models/spy-direction/versions/00/v1/README.md"))
                    .startsWith("# spy-direction v1\n")
                    .contains("data/" + provenance.data().hex().substring(0, 2) + "/"
                            + provenance.data().hex() + ".csv");
        }
    }

    @Test
    void twoEmptyHomesGiveTheSameModelFiles() {
        try (Home one = home("one", inTheMiddle());
                Home other = home("other", inTheMiddle())) {
            for (int run = 1; run <= 3; run++) {
                one.runAndRegister();
                other.runAndRegister();
                assertThat(other.record(run).modelFile())
                        .isEqualTo(one.record(run).modelFile());
                assertThat(other.record(run).data()).isEqualTo(one.record(run).data());
            }
            assertThat(one.record(2).modelFile()).isNotEqualTo(one.record(1).modelFile());
        }
    }

    @Test
    void seedsMatter() {
        try (Home one = home("one", define().seed(1));
                Home other = home("other", define().seed(2))) {
            one.runAndRegister();
            other.runAndRegister();

            assertThat(other.record(1).data()).isEqualTo(one.record(1).data());
            assertThat(other.record(1).modelFile()).isNotEqualTo(one.record(1).modelFile());
        }
    }

    @Test
    void eachRunOfAWeekGoesOneRowOnAndComparesOnTheSameRows() {
        try (Home home = home(inTheMiddle())) {
            List<Report> week = IntStream.range(0, 5)
                    .mapToObj(day -> home.runAndRegister().report())
                    .toList();

            assertThat(week)
                    .extracting(Report::clock)
                    .containsExactly("2019-04-18", "2019-04-22", "2019-04-23", "2019-04-24", "2019-04-25");
            for (int day = 1; day < week.size(); day++) {
                Report report = week.get(day);
                Table kept = rows(home, home.record(day + 1));
                assertThat(report.champion().version()).isEqualTo(new Version(day));
                assertThat(report.champion().metrics())
                        .isEqualTo(Contender.load(home.fetch(home.record(day).modelFile()))
                                .predictions(
                                        kept, inTheMiddle().build().sides(kept).evaluation())
                                .metrics());
            }
            assertThat(home.champion()).contains(new Version(5));
        }
    }

    @Test
    void aRejectedChallengerIsRegisteredAndLeavesThePinAlone() {
        try (Home home = home(inTheMiddle().minimumGain(1))) {
            home.runAndRegister();

            RunOutcome.Registered second = home.runAndRegister();

            assertThat(second.report().decision().isPassed()).isFalse();
            assertThat(second.promotion())
                    .isEqualTo(new Promotion.Rejected(second.report().decision()));
            assertThat(home.versions()).containsExactly(new Version(1), new Version(2));
            assertThat(home.champion()).contains(new Version(1));
        }
    }

    @Test
    void aRolledBackPinIsLeftAloneUntilItIsReleased() {
        try (Home home = home(inTheMiddle())) {
            home.runAndRegister();
            home.runAndRegister();
            home.registry.rollBack(Home.PRODUCTION, MODEL, null, "strange answers", Home.ALICE);

            for (int run = 3; run <= 7; run++) {
                assertThat(home.runAndRegister().promotion()).isInstanceOf(Promotion.Held.class);
                assertThat(home.champion()).contains(new Version(1));
            }
            home.registry.release(Home.PRODUCTION, MODEL, Home.ALICE);

            assertThat(home.runAndRegister().promotion()).isInstanceOf(Promotion.Moved.class);
            assertThat(home.champion()).contains(new Version(8));
        }
    }

    @Test
    void aWithdrawnModelIsTrainedButNotBootstrappedAgain() {
        try (Home home = home(inTheMiddle())) {
            home.runAndRegister();
            home.registry.rollBack(Home.PRODUCTION, MODEL, null, "strange answers", Home.ALICE);

            assertThat(home.runAndRegister().promotion()).isInstanceOf(Promotion.Held.class);
            assertThat(home.champion()).isEmpty();
        }
    }

    @Test
    void aPersonPromotesWhereTheGateIsManual() {
        try (Home home = home(inTheMiddle().manual())) {
            assertThat(home.runAndRegister().promotion()).isNull();
            assertThat(home.champion()).isEmpty();
        }
    }

    @Test
    void atTheEndOfTheHistoryThereIsNothingToTrainOn() {
        try (Home home = home(define())) {
            assertThat(home.runAndRegister().report().clock()).isEqualTo(NEWEST_ROW);
            String commit = home.registry.head().commit();

            assertThat(home.run()).isEqualTo(new RunOutcome.EndOfHistory(NEWEST_ROW));
            assertThat(home.registry.head().commit()).isEqualTo(commit);
        }
    }

    @Test
    void aChangedDefinitionIsTrainedAtTheEndOfTheHistoryAgain() throws IOException {
        try (Home home = home(define())) {
            home.runAndRegister();
            home.push(Yaml.write(define().seed(2).build()));

            assertThat(home.runAndRegister().report().clock()).isEqualTo(NEWEST_ROW);
            assertThat(home.versions()).hasSize(2);
            assertThat(home.run()).isEqualTo(new RunOutcome.EndOfHistory(NEWEST_ROW));
        }
    }

    @Test
    void aReformattedDefinitionGivesNothingNew() throws IOException {
        try (Home home = home(define())) {
            home.runAndRegister();
            home.push(("# a remark\n" + new String(Yaml.write(define().build()), StandardCharsets.UTF_8))
                    .getBytes(StandardCharsets.UTF_8));

            assertThat(home.run()).isEqualTo(new RunOutcome.NothingNew("this very model file is v1 already"));
            assertThat(home.versions()).hasSize(1);
        }
    }

    @Test
    void oneOfTwoRunsAtTheSameTimeRegistersNothing() {
        try (Home home = home(inTheMiddle())) {
            RunOutcome late = home.run(line -> {
                if (line.contains("experiment depth 2, trees 5")) {
                    home.runAndRegister();
                }
            });

            assertThat(late).isEqualTo(new RunOutcome.NothingNew("this very model file is v1 already"));
            assertThat(home.versions()).hasSize(1);
        }
    }

    @Test
    void judgesAgainWhenAnotherChampionCameInBetween() {
        try (Home home = home(inTheMiddle().minimumGain(1))) {
            home.runAndRegister();
            home.runAndRegister();
            List<String> lines = new ArrayList<>();
            RunOutcome.Registered third = (RunOutcome.Registered) home.run(line -> {
                lines.add(line);
                if (line.contains("registered v3")) {
                    home.registry.promote(Home.PRODUCTION, MODEL, new Version(2), "as a test", Home.ALICE);
                }
            });

            assertThat(third.report().champion().version()).isEqualTo(new Version(1));
            assertThat(third.promotion()).isInstanceOf(Promotion.Rejected.class);
            assertThat(lines)
                    .anySatisfy(line ->
                            assertThat(line).contains("not promoted: another champion or definition came in between"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"registered v2", "experiment depth 2, trees 5"})
    void isJudgedByTheGateThatStandsWhenThePinWouldMove(String moment) {
        try (Home home = home(inTheMiddle())) {
            home.runAndRegister();
            RunOutcome.Registered second = meanwhile(home, moment, inTheMiddle().minimumGain(1));

            assertThat(second.report().decision().isPassed()).isTrue();
            assertThat(((Promotion.Rejected) second.promotion()).decision().reasons())
                    .singleElement()
                    .asString()
                    .endsWith("(expected: at least +1.0000)");
            assertThat(home.champion()).contains(new Version(1));
            expectNoFaults(home);
        }
    }

    @Test
    void isPromotedByAGateThatBecameLessStrict() {
        try (Home home = home(inTheMiddle().minimumGain(1))) {
            home.runAndRegister();
            RunOutcome.Registered second = meanwhile(home, "registered v2", inTheMiddle());

            assertThat(second.report().decision().isPassed()).isFalse();
            assertThat(second.promotion()).isInstanceOf(Promotion.Moved.class);
            expectNoFaults(home);
        }
    }

    @Test
    void aGateThatBecameManualLeavesThePinToAPerson() {
        try (Home home = home(inTheMiddle())) {
            home.runAndRegister();

            assertThat(meanwhile(home, "registered v2", inTheMiddle().manual()).promotion())
                    .isNull();
            assertThat(home.champion()).contains(new Version(1));
            expectNoFaults(home);
        }
    }

    @Test
    void aTargetThatBecameAnotherIsNotWhatTheChallengerPredicts() {
        try (Home home = home(inTheMiddle())) {
            home.runAndRegister();
            RunOutcome.Registered second =
                    meanwhile(home, "registered v2", inTheMiddle().target("close", 2));

            assertThat(((Promotion.Rejected) second.promotion()).decision().reasons())
                    .singleElement()
                    .asString()
                    .startsWith("target: ")
                    .contains("(expected: that of the definition that stands, ");
        }
    }

    /** A run during which somebody pushes another definition. */
    private static RunOutcome.Registered meanwhile(Home home, String moment, DefinitionFixture pushed) {
        return (RunOutcome.Registered) home.run(line -> {
            if (line.contains(moment)) {
                home.push(Yaml.write(pushed.build()));
            }
        });
    }

    private static void expectNoFaults(Home home) {
        assertThat(home.registry.verify(null, null, (what, done, total) -> {}).faults())
                .isEmpty();
    }

    @Test
    void tooFewRowsRegisterNothingAndSayWhy() {
        try (Home home = home(define().anchor("2000-08-08"))) {
            String commit = home.registry.head().commit();

            assertThat(home.run())
                    .isEqualTo(new RunOutcome.Skipped("evaluated rows: 16 (expected: at least 20; the history begins"
                            + " 2000-01-03, which is 152 rows until the clock at 2000-08-08, and a run needs 156:"
                            + " move the anchor or make the windows smaller)"));
            assertThat(home.registry.head().commit()).isEqualTo(commit);
        }
    }

    @Test
    void aSourceThatHasNoRowsSkipsTheRun() {
        try (Home home = home(define().source(new Source.Yahoo("SPY", "1d", null, null)))) {
            assertThat(home.run())
                    .isInstanceOfSatisfying(
                            RunOutcome.Skipped.class,
                            skipped -> assertThat(skipped.reason()).contains("offline"));
            assertThat(home.versions()).isEmpty();
        }
    }

    @Test
    void aColumnThatTheSourceLacksSkipsTheRun() {
        try (Home home = home(define().target("price", 1))) {
            assertThat(home.run())
                    .isInstanceOfSatisfying(
                            RunOutcome.Skipped.class,
                            skipped -> assertThat(skipped.reason()).startsWith("column: price (expected: one of ["));
        }
    }

    @Test
    void aChampionThatLearnedFromTheEvaluationRowsIsNotComparedWith() throws IOException {
        try (Home home = home(inTheMiddle())) {
            home.runAndRegister();
            home.push(Yaml.write(inTheMiddle().evaluation(60).build()));

            RunOutcome.Registered second = home.runAndRegister();

            assertThat(second.report().champion()).isNull();
            assertThat(second.report().decision().reasons())
                    .singleElement()
                    .asString()
                    .startsWith("champion v1 cannot be compared: it learned from rows until "
                            + home.report(1).windows().validation().to());
            assertThat(home.champion()).contains(new Version(1));
        }
    }

    @Test
    void aChampionThatPredictsSomethingElseIsNotComparedWith() throws IOException {
        try (Home home = home(inTheMiddle())) {
            home.runAndRegister();
            home.push(Yaml.write(inTheMiddle().target("close", 2).build()));

            assertThat(home.runAndRegister().report().decision().reasons())
                    .singleElement()
                    .asString()
                    .isEqualTo(
                            "champion v1 cannot be compared: it predicts another target: UP where close is higher 1 row later, else DOWN");
        }
    }

    @Test
    void aChampionWhoseBytesAreGoneIsNotComparedWith() throws IOException {
        try (Home home = home(inTheMiddle())) {
            home.runAndRegister();
            Files.delete(home.lfsObject(home.record(1).modelFile()));

            RunOutcome.Registered second = home.runAndRegister();

            assertThat(second.report().decision().reasons())
                    .singleElement()
                    .asString()
                    .startsWith("champion v1 cannot be compared: ");
            assertThat(home.champion()).contains(new Version(1));
        }
    }

    @Test
    void anUnknownModelIsRefusedByTheRegistry() {
        try (Home home = home(inTheMiddle())) {
            RowStore rows = new RowStore(home.folder.resolve("rows"), true, Home.TIME);
            TrainingRun run = new TrainingRun(
                    home.registry,
                    rows,
                    new PullRequests(home.registry, Optional::empty),
                    Home.PRODUCTION,
                    Home.AUTOMATION,
                    home.lines::add,
                    Home.TIME);

            assertThatThrownBy(() -> run.run(new ModelName("gold"))).isInstanceOf(RegistryException.class);
        }
    }

    @Test
    void tellsPeopleWhatItDoes() throws IOException {
        try (Home home = home(inTheMiddle().minimumGain(1))) {
            home.runAndRegister();
            home.runAndRegister();
            home.registry.promote(Home.PRODUCTION, MODEL, new Version(2), "as a test", Home.ALICE);
            home.registry.rollBack(Home.PRODUCTION, MODEL, null, "as a test", Home.ALICE);
            home.runAndRegister();

            String told = String.join("\n", home.lines).replaceAll("\\b[0-9a-f]{10}\\b", "<commit>") + "\n";
            assertGolden("progress.txt", told);
        }
    }

    private Home home(DefinitionFixture definition) {
        return home("home", definition);
    }

    private Home home(String name, DefinitionFixture definition) {
        return new Home(folder.resolve(name), definition.build());
    }

    /** Its clock begins a year before the newest row. */
    private static DefinitionFixture inTheMiddle() {
        return define().anchor("2019-04-18");
    }

    private static Table rows(Home home, VersionRecord record) {
        return TableCsv.read(
                home.fetch(record.data()), "rows.csv", Shape.of(inTheMiddle().build()));
    }
}
