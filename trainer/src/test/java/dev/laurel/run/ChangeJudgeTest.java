package dev.laurel.run;

import static dev.laurel.run.DefinitionFixture.MODEL;
import static dev.laurel.run.DefinitionFixture.define;
import static dev.laurel.run.Home.ALICE;
import static dev.laurel.run.Home.AUTOMATION;
import static dev.laurel.run.Home.PRODUCTION;
import static dev.laurel.run.Home.git;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.definition.Definition;
import dev.laurel.evaluation.Metrics;
import dev.laurel.evaluation.Report;
import dev.laurel.judge.ChangeJudge;
import dev.laurel.judge.GateVerdict;
import dev.laurel.judge.PinVerdict;
import dev.laurel.model.Decision;
import dev.laurel.model.Digest;
import dev.laurel.model.Metric;
import dev.laurel.model.Pin;
import dev.laurel.model.Version;
import dev.laurel.model.VersionRecord;
import dev.laurel.model.Window;
import dev.laurel.registry.Registry;
import dev.laurel.registry.outcome.RegistryException;
import dev.laurel.yaml.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Branches made with C git, judged by the rules of main. Long since each way to change a pin is a branch of one repository. */
class ChangeJudgeTest {
    private static final String PIN = "environments/production/spy-direction/champion.yaml";
    private static final String DEFINITION = "models/spy-direction/model.yaml";

    /** No challenger is that much better, and any is that much better than this. */
    private static final double NEVER = 2;

    private static final double ALWAYS = -2;

    @TempDir
    private Path folder;

    @Test
    void whatTheTrainerPromotedPasses() {
        try (Home home = home(ALWAYS)) {
            home.runAndRegister();
            GateVerdict bootstrap = judge(home, "main~1", "main");
            home.runAndRegister();
            GateVerdict second = judge(home, "main~1", "main");

            assertThat(only(bootstrap).decision()).isEqualTo(Decision.passed("bootstrap: no champion stands"));
            assertThat(bootstrap.markdown()).startsWith("## Gate: passed\n").contains("none → v1, passed");
            assertThat(only(second).decision()).isEqualTo(home.report(2).decision());
            assertThat(only(second).challenger())
                    .isEqualTo(home.report(2).challenger().metrics());
            assertThat(only(second).diff().rows())
                    .isEqualTo(home.report(2).windows().evaluation());
            assertThat(second.markdown())
                    .startsWith("## Gate: passed\n")
                    .contains("### spy-direction in production: v1 → v2, passed\n")
                    .contains("| accuracy |")
                    .contains("Churn: ");
        }
    }

    /** The guarantee that the gate of a pull request is that of its base. */
    @Test
    void aBranchThatRelaxesTheGateAndMovesThePinFailsByTheOldGate() throws IOException {
        try (Home home = home(NEVER)) {
            challenger(home);
            Branch branch = new Branch(home);
            branch.write(
                    DEFINITION,
                    Yaml.write(define().anchor("2019-04-18").minimumGain(ALWAYS).build()));
            branch.write(PIN, Yaml.write(pin(home, 2, Pin.By.AUTOMATION)));
            branch.push("Relax the gate, and promote");

            GateVerdict verdict = judge(home, "main", "branch");

            assertThat(verdict.isPassed()).isFalse();
            assertThat(verdict.markdown()).startsWith("## Gate: rejected\n");
            assertThat(only(verdict).decision().isPassed()).isFalse();
            assertThat(only(verdict).decision().reasons())
                    .singleElement()
                    .asString()
                    .contains("accuracy", "(expected: at least +2.0000)");
            assertThat(verdict.problems())
                    .containsExactly(
                            PIN
                                    + ": promoted together with another file (expected: pins alone; what else is to change needs a change of its own)");
            assertThat(verdict.others()).containsExactly(DEFINITION);
        }
    }

    @Test
    void aPersonsPromotionInABranchIsJudgedToo() throws IOException {
        try (Home home = home(NEVER)) {
            challenger(home);
            Branch branch = new Branch(home);
            branch.write(PIN, Yaml.write(pin(home, 2, Pin.By.PERSON)));
            branch.push("Promote");

            assertThat(only(judge(home, "main", "branch")).decision().reasons())
                    .singleElement()
                    .asString()
                    .endsWith("(expected: at least +2.0000)");
        }
    }

    @Test
    void aForgedReportFails() throws IOException {
        try (Home home = home(ALWAYS)) {
            home.runAndRegister();
            forge(
                    home,
                    report -> new Report(
                            report.model(),
                            report.version(),
                            report.environment(),
                            report.source(),
                            report.clock(),
                            report.windows(),
                            report.experiments(),
                            new Report.Side(
                                    report.version(), better(report.challenger().metrics())),
                            report.champion(),
                            report.naive(),
                            report.importance(),
                            report.decision()));
            Branch branch = new Branch(home);
            branch.write(PIN, Yaml.write(pin(home, 2, Pin.By.AUTOMATION)));
            branch.push("Promote");

            GateVerdict verdict = judge(home, "main", "branch");

            assertThat(only(verdict).decision().isPassed()).isFalse();
            assertThat(only(verdict).decision().reasons())
                    .anySatisfy(
                            reason -> assertThat(reason).startsWith("report: challenger: accuracy 1.0 (expected: 0."))
                    .anySatisfy(reason ->
                            assertThat(reason).startsWith("evidence: challenger: accuracy 1.0 (expected: 0."));
        }
    }

    @Test
    void aReportThatChoosesItsRowsFails() throws IOException {
        try (Home home = home(ALWAYS)) {
            home.runAndRegister();
            forge(home, report -> {
                Window training = report.windows().training();
                return new Report(
                        report.model(),
                        report.version(),
                        report.environment(),
                        report.source(),
                        report.clock(),
                        new Report.Windows(training, report.windows().validation(), training),
                        report.experiments(),
                        report.challenger(),
                        report.champion(),
                        report.naive(),
                        report.importance(),
                        report.decision());
            });
            Branch branch = new Branch(home);
            branch.write(PIN, Yaml.write(pin(home, 2, Pin.By.AUTOMATION)));
            branch.push("Promote");

            PinVerdict verdict = only(judge(home, "main", "branch"));

            assertThat(verdict.challenger()).isNull();
            assertThat(verdict.decision().reasons())
                    .anySatisfy(reason -> assertThat(reason).startsWith("report: windows: "));
        }
    }

    @Test
    void evidenceThatBelittlesTheChampionFails() throws IOException {
        try (Home home = home(ALWAYS)) {
            challenger(home);
            Pin honest = pin(home, 2, Pin.By.AUTOMATION);
            Pin.Evidence evidence = honest.evidence();
            Branch branch = new Branch(home);
            branch.write(
                    PIN,
                    Yaml.write(with(
                            honest,
                            new Pin.Evidence(
                                    Metric.ACCURACY, evidence.challenger(), 0.0, evidence.rows(), evidence.data()))));
            branch.push("Promote");

            assertThat(only(judge(home, "main", "branch")).decision().reasons())
                    .anySatisfy(
                            reason -> assertThat(reason).startsWith("evidence: champion: accuracy 0.0 (expected: 0."));
        }
    }

    @Test
    void aDefinitionThatNeverStoodOnMainIsNotTrusted() throws IOException {
        try (Home home = home(ALWAYS)) {
            home.runAndRegister();
            Definition other =
                    define().anchor("2019-04-18").minimumGain(ALWAYS).seed(9).build();
            try (Home elsewhere = new Home(Files.createDirectory(folder.resolve("elsewhere")), other)) {
                elsewhere.runAndRegister();
                elsewhere.runAndRegister();
                home.registry.register(Copy.of(elsewhere, 2), AUTOMATION);
            }
            Branch branch = new Branch(home);
            branch.write(PIN, Yaml.write(pin(home, 2, Pin.By.PERSON)));
            branch.push("Promote");

            assertThat(only(judge(home, "main", "branch")).decision().reasons())
                    .anySatisfy(reason ->
                            assertThat(reason).startsWith("definition: sha256:").contains("stood on main"));
        }
    }

    @Test
    void aMoveBackToAnEarlierChampionIsVerifiedAndNotJudged() throws IOException {
        try (Home home = home(ALWAYS)) {
            home.runAndRegister();
            home.runAndRegister();
            Branch branch = new Branch(home);
            branch.git("revert", "--no-edit", "HEAD");
            branch.push();

            GateVerdict back = judge(home, "main", "branch");
            assertThat(only(back).decision())
                    .isEqualTo(Decision.passed("v1 was champion here before: verified, not judged"));

            branch.git("rm", "--quiet", PIN);
            branch.push("Withdraw it");
            assertThat(only(judge(home, "main", "branch")).decision().isPassed())
                    .isTrue();
        }
    }

    @Test
    void automationLeavesAHeldPinAlone() throws IOException {
        try (Home home = home(ALWAYS)) {
            home.runAndRegister();
            home.runAndRegister();
            home.registry.rollBack(PRODUCTION, MODEL, null, "odd answers", ALICE);
            home.runAndRegister();
            Branch branch = new Branch(home);
            branch.write(PIN, Yaml.write(pin(home, 3, Pin.By.AUTOMATION)));
            branch.push("Promote");

            assertThat(only(judge(home, "main", "branch")).decision().reasons())
                    .singleElement()
                    .asString()
                    .startsWith("by: automation (expected: person, since the pin was held by ");
        }
    }

    @Test
    void aBranchThatWasOvertakenIsJudgedAgainstTheChampionOfNow() throws IOException {
        try (Home home = home(ALWAYS)) {
            challenger(home);
            Branch branch = new Branch(home);
            branch.write(PIN, Yaml.write(pin(home, 2, Pin.By.AUTOMATION)));
            branch.push("Promote");
            assertThat(judge(home, "main", "branch").isPassed()).isTrue();

            home.runAndRegister();

            PinVerdict verdict = only(judge(home, "main", "branch"));
            assertThat(verdict.from()).isEqualTo(new Version(3));
            assertThat(verdict.decision().reasons())
                    .anySatisfy(reason -> assertThat(reason).startsWith("the champion has changed since"))
                    .contains("beats: v1 (expected: v3, the champion before)");
        }
    }

    @Test
    void aRegisteredVersionThatChangesIsRejectedWhereNoPinMoves() throws IOException {
        try (Home home = home(ALWAYS)) {
            home.runAndRegister();
            Branch branch = new Branch(home);
            branch.write("README.md", "Ours.\n".getBytes(UTF_8));
            branch.push("Say whose it is");
            GateVerdict harmless = judge(home, "main", "branch");
            branch.write("models/spy-direction/versions/00/v1/README.md", "Best.\n".getBytes(UTF_8));
            branch.push("Praise v1");
            GateVerdict changed = judge(home, "main", "branch");

            assertThat(harmless.isPassed()).isTrue();
            assertThat(harmless.markdown())
                    .startsWith("## Gate: passed\n")
                    .contains("No pin moves, so there is nothing to judge.", "- `README.md`");
            assertThat(changed.isPassed()).isFalse();
            assertThat(changed.problems())
                    .singleElement()
                    .asString()
                    .contains("v1 of spy-direction is registered already and never changes");
        }
    }

    @Test
    void aCloneSaysWhichBytesToFetchAndThenJudges() throws IOException {
        try (Home home = home(ALWAYS)) {
            challenger(home);
            Branch branch = new Branch(home);
            branch.write(PIN, Yaml.write(pin(home, 2, Pin.By.AUTOMATION)));
            branch.push("Promote");
            Path clone = folder.resolve("work");
            git(
                    folder,
                    "clone",
                    "--quiet",
                    "--branch",
                    "branch",
                    folder.resolve("models.git").toString(),
                    "work");
            Path shallow = folder.resolve("shallow");
            git(folder, "clone", "--quiet", "--depth", "1", "--no-single-branch", home.url(), "shallow");

            try (Registry registry = Registry.open(clone)) {
                assertThatThrownBy(() -> ChangeJudge.judge(registry, "origin/main", "HEAD"))
                        .isInstanceOf(RegistryException.class)
                        .hasMessage(
                                "bytes of 3 files are missing in this clone (`git lfs pull --include '%s,%s,%s' --exclude ''` fetches them)",
                                "data/%s/%s.csv"
                                        .formatted(
                                                home.record(2)
                                                        .data()
                                                        .digest()
                                                        .hex()
                                                        .substring(0, 2),
                                                home.record(2).data().digest().hex()),
                                "models/spy-direction/versions/00/v1/spy-direction.model",
                                "models/spy-direction/versions/00/v2/spy-direction.model");
                copy(folder.resolve("models.git/lfs"), clone.resolve(".git/lfs"));
                assertThat(ChangeJudge.judge(registry, "origin/main", "HEAD").isPassed())
                        .isTrue();
            }
            try (Registry registry = Registry.open(shallow)) {
                assertThatThrownBy(() -> ChangeJudge.judge(registry, "origin/main", "origin/branch"))
                        .isInstanceOf(RegistryException.class)
                        .hasMessageStartingWith("history: the clone is shallow");
            }
        }
    }

    /** v1 is champion, v2 registered and not promoted. */
    private static void challenger(Home home) {
        home.runAndRegister();
        RunOutcome.Registered second = home.runAndRegister();
        home.reset(second.registration().commit());
    }

    /** Registers the next version with another report than that of its training. */
    private static void forge(Home home, UnaryOperator<Report> change) {
        String before = home.registry.head().commit();
        home.runAndRegister();
        Copy copy = Copy.of(home, 2);
        home.reset(before);
        home.registry.register(copy.with(change.apply(copy.report())), AUTOMATION);
    }

    private static Metrics better(Metrics metrics) {
        SortedMap<String, Double> values = new TreeMap<>(metrics.values());
        values.put("accuracy", 1.0);
        return new Metrics(metrics.rows(), values, metrics.confusion());
    }

    /** The pin that promotes a version in the place of v1, with what its report says. */
    private static Pin pin(Home home, int version, Pin.By by) {
        Report report = home.report(version);
        VersionRecord record = home.record(version);
        byte[] text = home.show("models/spy-direction/versions/00/v%d/version.yaml".formatted(version))
                .getBytes(UTF_8);
        Report.Side champion = report.champion();
        return new Pin(
                MODEL,
                report.version(),
                record.modelFile().digest(),
                record.modelFile().size(),
                Digest.of(text),
                new Version(1),
                by,
                by == Pin.By.PERSON ? "it is said to be good" : null,
                new Pin.Evidence(
                        Metric.ACCURACY,
                        report.challenger().metrics().get(Metric.ACCURACY),
                        champion == null ? null : champion.metrics().get(Metric.ACCURACY),
                        report.challenger().metrics().rows(),
                        record.data().digest()));
    }

    private static Pin with(Pin pin, Pin.Evidence evidence) {
        return new Pin(
                pin.model(),
                pin.version(),
                pin.digest(),
                pin.size(),
                pin.record(),
                pin.beats(),
                pin.by(),
                pin.reason(),
                evidence);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file));
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }

    /** A branch of main in a clone. */
    private final class Branch {
        private final Path clone = folder.resolve("branch");

        Branch(Home home) {
            Home.git(folder, "clone", "--quiet", home.url(), "branch");
            git("checkout", "--quiet", "-b", "branch");
        }

        void write(String path, byte[] content) throws IOException {
            Files.write(clone.resolve(path), content);
        }

        void push(String subject) {
            git("add", "--all");
            git("commit", "--quiet", "-m", subject);
            push();
        }

        void push() {
            git("push", "--quiet", "origin", "branch");
        }

        void git(String... arguments) {
            Home.git(clone, arguments);
        }
    }

    private static PinVerdict only(GateVerdict verdict) {
        assertThat(verdict.pins()).hasSize(1);
        return verdict.pins().get(0);
    }

    private static GateVerdict judge(Home home, String base, String head) {
        return ChangeJudge.judge(home.registry, base, head);
    }

    private Home home(double minimumGain) {
        return new Home(
                folder, define().anchor("2019-04-18").minimumGain(minimumGain).build());
    }
}
