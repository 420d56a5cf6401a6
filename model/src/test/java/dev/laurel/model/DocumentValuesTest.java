package dev.laurel.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.Documents;
import dev.laurel.definition.Definition;
import dev.laurel.definition.Source;
import dev.laurel.evaluation.Report;
import dev.laurel.predictor.Signature;
import dev.laurel.predictor.Signature.SourceColumn;
import dev.laurel.table.Column;
import dev.laurel.table.Table;
import dev.laurel.task.Classification;
import dev.laurel.task.Regression;
import dev.laurel.yaml.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DocumentValuesTest {

    @Test
    void describesInputsAndOutputsOfADefinition() {
        Table prices = new Table("date", List.of("2020-01-02"), Map.of("close", new double[] {1}));
        Signature signature = Documents.SIGNATURE;

        assertThat(Signature.of(Documents.DEFINITION, prices, signature.features(), signature.task()))
                .isEqualTo(signature);
    }

    @Test
    void asksForNumbersAndWordsThatFeaturesRead() {
        Classification species = new Classification(List.of("setosa", "virginica"));
        List<String> features = List.of("petal", "colour=red");

        assertThat(Signature.of(Documents.FLOWERS, Table.unkeyed(0, Map.<String, Column>of()), features, species))
                .isEqualTo(new Signature(
                        null,
                        List.of(
                                new SourceColumn("petal", SourceColumn.Type.NUMBER),
                                new SourceColumn("colour", SourceColumn.Type.WORD)),
                        0,
                        features,
                        species));
    }

    @Test
    void theSignatureSaysWhichColumnsArePrivate() {
        String text = new String(Yaml.write(Documents.FLOWERS), UTF_8)
                .replaceFirst("( *)missing: category", "$1missing: category\n$1private: true");
        Definition flowers = Yaml.read(text.getBytes(UTF_8), "model.yaml", Definition.class);

        assertThat(new String(Yaml.write(flowers), UTF_8)).isEqualTo(text);
        assertThat(flowers.privateColumns()).containsExactly("colour");
        assertThat(Signature.of(
                                flowers,
                                Table.unkeyed(0, Map.<String, Column>of()),
                                List.of("petal", "colour=red"),
                                new Classification(List.of("setosa", "virginica")))
                        .columns())
                .containsExactly(
                        new SourceColumn("petal", SourceColumn.Type.NUMBER),
                        new SourceColumn("colour", SourceColumn.Type.WORD, true));
    }

    @Test
    void readsTheSourceThatWasChosen() {
        Source.Yahoo undecided = new Source.Yahoo("SPY", "1d", "sp500-2000", null);
        Source.Yahoo fallback = new Source.Yahoo("SPY", "1d", "sp500-2000", Source.Choice.FALLBACK);
        Source.Yahoo source = new Source.Yahoo("SPY", "1d", "sp500-2000", Source.Choice.SOURCE);

        assertThat(undecided.effective()).isSameAs(undecided);
        assertThat(source.effective()).isSameAs(source);
        assertThat(fallback.effective()).isEqualTo(new Source.Bundled("sp500-2000"));
    }

    @Test
    void doesNotLetAPersonMoveAPinWithoutAReason() {
        Pin pin = Documents.PIN;

        for (String reason : new String[] {null, "", "  "}) {
            assertThatThrownBy(() -> new Pin(
                            pin.model(),
                            pin.version(),
                            pin.digest(),
                            pin.size(),
                            pin.record(),
                            null,
                            Pin.By.PERSON,
                            reason,
                            null))
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessage("reason: missing (expected: a reason, since a person moved the pin)");
        }
    }

    @Test
    void knowsThePinOfTheSameVersionByItsRecordToo() {
        Pin pin = Documents.PIN;
        Pin otherRecord =
                new Pin(pin.model(), pin.version(), pin.digest(), pin.size(), pin.digest(), null, pin.by(), null, null);

        assertThat(pin.namesSameVersionAs(pin)).isTrue();
        assertThat(pin.namesSameVersionAs(otherRecord)).isFalse();
        assertThat(pin.namesSameVersionAs(Documents.PIN_BY_PERSON)).isFalse();
    }

    @Test
    void findsTheModelFileAmongTheMembersOfARecord() {
        assertThat(Documents.RECORD.modelFile().digest()).isEqualTo(Documents.PIN.digest());

        TreeMap<String, VersionRecord.Content> members = new TreeMap<>(Documents.RECORD.members());
        members.remove("spy-direction.model");
        assertThatThrownBy(() -> new VersionRecord(Documents.MODEL, Documents.V7, members, null))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageEndingWith("(expected: spy-direction.model among them)");
    }

    @Test
    void doesNotChangeWithTheListItWasMadeOf() {
        List<String> features = new ArrayList<>(List.of("a"));
        Signature signature = new Signature(null, List.of(), 1, features, new Regression("EUR"));
        features.add("b");

        assertThat(signature.features()).containsExactly("a");
        assertThatThrownBy(() -> Documents.RECORD.members().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> Documents.PROVENANCE.libraries().clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void tellsTheChosenExperimentOfAReport() {
        assertThat(Documents.REPORT.chosen()).isEqualTo(Documents.experiment(100, 5));

        Report report = Documents.REPORT;
        assertThatThrownBy(() -> new Report(
                        report.model(),
                        report.version(),
                        report.environment(),
                        report.source(),
                        report.clock(),
                        report.windows(),
                        report.experiments().subList(0, 1),
                        report.challenger(),
                        report.champion(),
                        report.naive(),
                        report.importance(),
                        report.decision()))
                .hasMessage("chosen: 1 (expected: exactly one experiment)");
        assertThatThrownBy(() -> new Report(
                        report.model(),
                        Documents.V5,
                        report.environment(),
                        report.source(),
                        report.clock(),
                        report.windows(),
                        report.experiments(),
                        report.challenger(),
                        report.champion(),
                        report.naive(),
                        report.importance(),
                        report.decision()))
                .hasMessage("challenger: v7 (expected: v5)");
    }

    @Test
    void knowsWindowsWithARowInCommon() {
        Window april = new Window("2019-04-01", "2019-04-30", 21);

        assertThat(april.overlaps(new Window("2019-04-30", "2019-05-31", 23))).isTrue();
        assertThat(april.overlaps(new Window("2019-04-10", "2019-04-11", 2))).isTrue();
        assertThat(april.overlaps(new Window("2019-05-01", "2019-05-31", 22))).isFalse();
        assertThat(new Window("2019-05-01", "2019-05-31", 22).overlaps(april)).isFalse();
        assertThat(april.overlaps(new Window(null, null, 5)))
                .as("as far as keys tell")
                .isTrue();
        assertThat(april).hasToString("2019-04-01..2019-04-30, 21 rows");
        assertThat(new Window(null, null, 5)).hasToString("5 rows");
        assertThatThrownBy(() -> new Window("2019-04-30", "2019-04-01", 21)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> new Window("2019-04-30", null, 21)).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void showsAnExperimentInWords() {
        assertThat(Documents.experiment(50, 3)).hasToString("depth 3, trees 50");
        assertThat(Experiment.of(Map.of("penalty", 0.001))).hasToString("penalty 0.001");
        assertThat(Experiment.AS_DEFINED).hasToString("as defined");
        assertThatThrownBy(() -> Experiment.of(Map.of("trees", Double.NaN)))
                .hasMessage("trees: NaN (expected: a finite number)");
    }
}
