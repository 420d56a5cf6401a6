package dev.laurel.model;

import dev.laurel.evaluation.Report;
import dev.laurel.predictor.Signature;
import dev.laurel.model.Experiment;
import dev.laurel.definition.Source;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.Documents;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DocumentValuesTest {

    @Test
    void needsAsManyRowsBeforeAWindowAsItsHungriestFeature() {
        assertThat(new Feature("r", Feature.Kind.RETURN, "close", 1).warmUp()).isEqualTo(1);
        assertThat(new Feature("m", Feature.Kind.MOVING_AVERAGE, "close", 5).warmUp())
                .isEqualTo(4);
        assertThat(new Feature("v", Feature.Kind.VOLATILITY, "close", 3).warmUp())
                .isEqualTo(3);
        assertThat(Documents.DEFINITION.warmUp()).isEqualTo(4);
    }

    @Test
    void describesInputsAndOutputsOfADefinition() {
        assertThat(Documents.SIGNATURE)
                .isEqualTo(new Signature(
                        List.of("close"),
                        4,
                        List.of("return_1", "average_3", "average_5", "volatility_3"),
                        "UP",
                        "DOWN"));
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
        Signature signature = new Signature(List.of("close"), 1, features, "UP", "DOWN");
        features.add("b");

        assertThat(signature.features()).containsExactly("a");
        assertThatThrownBy(() -> Documents.RECORD.members().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> Documents.PROVENANCE.libraries().clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void tellsTheChosenExperimentOfAReport() {
        assertThat(Documents.REPORT.chosen()).isEqualTo(new Experiment(100, 5));

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
        assertThatThrownBy(() -> new Window("2019-04-30", "2019-04-01", 21)).isInstanceOf(InvalidValueException.class);
    }
}
