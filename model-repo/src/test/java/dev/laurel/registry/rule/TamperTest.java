package dev.laurel.registry.rule;

import static dev.laurel.registry.showcase.Showcase.PRODUCTION;
import static dev.laurel.registry.showcase.Showcase.SPY;
import static dev.laurel.registry.showcase.Showcase.STAGING;
import static dev.laurel.registry.showcase.Showcase.v;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.model.VersionRecord;
import dev.laurel.model.VersionRecord.Content;
import dev.laurel.registry.history.CommitRevision;
import dev.laurel.registry.layout.Layout;
import dev.laurel.registry.outcome.RegistryException;
import dev.laurel.registry.outcome.Verification;
import dev.laurel.registry.outcome.Verification.Fault;
import dev.laurel.registry.showcase.Forgery;
import dev.laurel.registry.showcase.Showcase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One flipped byte, wherever it is, is found, and its file is named. {@code -Dlaurel.flips=40} flips that many in each file. */
class TamperTest {
    private static final String V2 = "models/spy-direction/versions/00/v2/";
    private static final int FLIPS_PER_FILE = Integer.getInteger("laurel.flips", 10);

    @TempDir
    Path folder;

    Showcase showcase;
    VersionRecord record;
    /** Always the same flips, so that a failure comes again. */
    final Random random = new Random(20_200_417);

    @BeforeEach
    void create() {
        showcase = Showcase.in(folder).withVersions(1);
        showcase.registry().register(new Showcase.TextDraft("model ".repeat(20_000)), Showcase.TRAINER);
        showcase.promote(1);
        showcase.registry().promote(STAGING, SPY, v(2), "tried out on the desk", Showcase.ALICE);
        showcase.promote(2);
        record = showcase.registry().head().record(SPY, v(2));
        assertThat(verify("main")).isEmpty();
    }

    @AfterEach
    void close() {
        showcase.close();
    }

    @Test
    void aByteFlippedByACommitIsNamedWithThatCommit() {
        Map<String, String> flips = new LinkedHashMap<>();
        Forgery forgery = new Forgery(showcase.bare());
        List<String> files = new ArrayList<>(versionFiles());
        files.add(Layout.data(record.data().digest()));
        files.add(Layout.pin(PRODUCTION, SPY));
        files.add(Layout.pin(STAGING, SPY));
        for (String file : files) {
            byte[] content = committed(file);
            for (int flip = 0; flip < FLIPS_PER_FILE; flip++) {
                String branch = "flip-" + flips.size();
                forgery.branch(branch, "main").put(file, flipped(content));
                flips.put(branch, file);
            }
        }
        forgery.make();

        assertThat(flips).hasSize(9 * FLIPS_PER_FILE);
        flips.forEach((branch, file) -> {
            Verification verified = verified(branch);
            assertThat(verified.faults())
                    .as("%s of %s", branch, file)
                    .anySatisfy(fault ->
                            assertThat(fault).returns(file, Fault::file).returns(verified.commit(), Fault::commit));
        });
    }

    @Test
    void aByteFlippedInTheCommitThatRegisteredItIsNamed() {
        Map<String, String> flips = new LinkedHashMap<>();
        Forgery forgery = new Forgery(showcase.bare());
        List<String> files = versionFiles();
        for (String tampered : files) {
            for (int flip = 0; flip < FLIPS_PER_FILE; flip++) {
                String branch = "flip-" + flips.size();
                forgery.branch(branch, "main~4");
                for (String file : files) {
                    forgery.put(file, file.equals(tampered) ? flipped(committed(file)) : committed(file));
                }
                String pin = Layout.pin(STAGING, SPY);
                forgery.commit().put(pin, committed(pin));
                // What the pin says of the record is as true as the record: both are to be looked at.
                flips.put(branch, tampered.equals(Layout.record(SPY, v(2))) ? pin : tampered);
            }
        }
        forgery.make();

        assertThat(flips).hasSize(6 * FLIPS_PER_FILE);
        flips.forEach((branch, file) -> assertThat(verify(branch))
                .as("%s of %s", branch, file)
                .extracting(Fault::file)
                .contains(file));
    }

    @Test
    void aFlippedByteOfAModelOrOfRowsIsNamedAndNotLoaded() throws Exception {
        for (Content content : List.of(record.modelFile(), record.data())) {
            Path object = showcase.bare().resolve(Showcase.lfsPath(content.digest()));
            byte[] honest = Files.readAllBytes(object);
            String file = content.equals(record.data()) ? Layout.data(content.digest()) : Layout.modelFile(SPY, v(2));
            for (int flip = 0; flip < FLIPS_PER_FILE; flip++) {
                Files.write(object, flipped(honest));

                assertThat(verify("main"))
                        .singleElement()
                        .satisfies(fault -> assertThat(fault)
                                .returns(file, Fault::file)
                                .extracting(Fault::problem)
                                .asString()
                                .startsWith("bytes of " + content.digest() + ": their digest is "));
                assertThatThrownBy(() -> showcase.registry().fetch(content.digest(), content.size()))
                        .isInstanceOf(RegistryException.class)
                        .hasMessageStartingWith("bytes of " + content.digest() + ": their digest is ");
            }
            Files.write(object, honest);
        }
        assertThat(verify("main")).isEmpty();
    }

    private List<Fault> verify(String branch) {
        return verified(branch).faults();
    }

    private Verification verified(String branch) {
        return showcase.registry().verify(branch, null, (what, done, total) -> {});
    }

    private List<String> versionFiles() {
        List<String> files = new ArrayList<>(List.of(Layout.record(SPY, v(2))));
        record.members().keySet().forEach(member -> files.add(V2 + member));
        return files;
    }

    private byte[] committed(String file) {
        return ((CommitRevision) showcase.registry().head()).file(file).orElseThrow();
    }

    private byte[] flipped(byte[] content) {
        byte[] flipped = content.clone();
        flipped[random.nextInt(flipped.length)] ^= (byte) (1 + random.nextInt(255));
        return flipped;
    }
}
