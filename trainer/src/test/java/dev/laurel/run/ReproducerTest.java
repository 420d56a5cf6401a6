package dev.laurel.run;

import static dev.laurel.run.DefinitionFixture.MODEL;
import static dev.laurel.run.DefinitionFixture.define;
import static dev.laurel.run.Home.AUTOMATION;
import static dev.laurel.run.Home.git;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.model.Provenance;
import dev.laurel.model.Version;
import dev.laurel.model.VersionRecord;
import dev.laurel.registry.RegistryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReproducerTest {
    @TempDir
    private Path folder;

    private Home home;

    @BeforeEach
    void train() {
        home = new Home(folder, define().anchor("2019-04-18").build());
        home.runAndRegister();
    }

    @AfterEach
    void close() {
        home.close();
    }

    @Test
    void theSameDefinitionRowsAndSeedGiveTheSameModelFile() {
        List<String> lines = new ArrayList<>();

        Reproduction reproduction = reproducer(1, lines::add).reproduce();

        assertThat(reproduction)
                .isEqualTo(new Reproduction(
                        MODEL, new Version(1), content(1).digest(), content(1).digest(), List.of()));
        assertThat(lines)
                .hasSize(3)
                .first()
                .asString()
                .startsWith("spy-direction v1: training on 20")
                .endsWith(", 100 rows, seed 1");
    }

    @Test
    void aLostModelFileIsMadeAgainFromTheHistory() throws IOException {
        Files.delete(home.lfsObject(content(1)));

        assertThat(reproduce(1).isSame()).isTrue();
    }

    @Test
    void lostRowsAreADifference() throws IOException {
        Files.delete(home.lfsObject(home.record(1).data()));

        Reproduction reproduction = reproduce(1);

        assertThat(reproduction.isSame()).isFalse();
        assertThat(reproduction.made()).isNull();
        assertThat(reproduction.reasons())
                .singleElement()
                .asString()
                .startsWith("data: bytes of %s: missing"
                        .formatted(home.record(1).data().digest()));
    }

    @Test
    void otherRowsAndAnotherPlatformExplainADifference() {
        Copy first = Copy.of(home, 1);
        home.runAndRegister();
        Provenance provenance = first.provenance();
        home.registry.register(
                first.with(Copy.of(home, 2).data())
                        .with(new Provenance(
                                MODEL,
                                new Version(3),
                                provenance.definition(),
                                provenance.data(),
                                "",
                                provenance.commit(),
                                provenance.seed(),
                                provenance.laurel(),
                                "Old JDK 8",
                                provenance.os(),
                                provenance.architecture(),
                                provenance.libraries(),
                                provenance.startedAt(),
                                provenance.trainedAt())),
                AUTOMATION);

        Reproduction reproduction = reproduce(3);

        assertThat(reproduction.made()).isEqualTo(content(2).digest());
        assertThat(reproduction.recorded()).isEqualTo(content(1).digest());
        assertThat(reproduction.reasons())
                .contains("data: %s, recorded was %s"
                        .formatted(home.provenance(2).data(), home.provenance(1).data()))
                .anySatisfy(reason -> assertThat(reason).startsWith("java: ").endsWith(", recorded was Old JDK 8"))
                .anySatisfy(reason -> assertThat(reason).startsWith("predictor: "))
                .noneSatisfy(reason -> assertThat(reason).startsWith("libraries"));
    }

    @Test
    void rowsThatWereNotKeptAreSaidToBe() {
        Copy first = Copy.of(home, 1);
        home.runAndRegister();
        home.registry.register(first.with((byte[]) null), AUTOMATION);

        assertThatThrownBy(() -> reproduce(3))
                .isInstanceOf(RegistryException.class)
                .hasMessage("rows of v3: not kept, as its definition asked for, so that it cannot be trained again");
    }

    @Test
    void aVersionThatRetentionTookOutIsSaidToBe() {
        home.runAndRegister();
        git(folder, "clone", "--quiet", home.url(), "gardener");
        Path clone = folder.resolve("gardener");
        git(clone, "rm", "-r", "--quiet", "models/spy-direction/versions/00/v1");
        git(clone, "commit", "--quiet", "-m", "Take v1 out");
        git(clone, "push", "--quiet");

        assertThatThrownBy(() -> reproduce(1))
                .isInstanceOf(RegistryException.class)
                .hasMessageStartingWith("v1 of spy-direction: taken out of the tree by retention");
        assertThatThrownBy(() -> reproduce(9))
                .isInstanceOf(RegistryException.class)
                .hasMessageStartingWith("no v9 of spy-direction is registered");
    }

    private VersionRecord.Content content(int version) {
        return home.record(version).modelFile();
    }

    private Reproduction reproduce(int version) {
        return reproducer(version, line -> {}).reproduce();
    }

    private Reproducer reproducer(int version, Progress progress) {
        return new Reproducer(home.registry, home.registry.head(), MODEL, new Version(version), progress);
    }
}
