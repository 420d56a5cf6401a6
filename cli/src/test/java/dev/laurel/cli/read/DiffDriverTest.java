package dev.laurel.cli.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.cli.Laurel;
import dev.laurel.cli.Main;
import dev.laurel.cli.Showcase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code laurel diff} as C git calls it, in a plain clone, which holds neither model files nor rows. */
class DiffDriverTest {
    private static final String PIN = "environments/production/daily/champion.yaml";
    private static final String VERSIONS = "models/daily/versions/00/";

    @TempDir
    private static Path folder;

    private static Path repository;
    private static Path clone;

    @BeforeAll
    static void cloneWithDriver() throws Exception {
        repository = Showcase.in(folder);
        clone = folder.resolve("clone");
        run(folder, "git", "clone", "-q", repository.toString(), clone.toString());
        Path driver = Files.writeString(
                folder.resolve("driver"),
                "#!/bin/sh\nexec '%s' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '%s' %s diff \"$@\"\n"
                        .formatted(
                                ProcessHandle.current().info().command().orElseThrow(),
                                System.getProperty("java.class.path"),
                                Main.class.getName()));
        Files.setPosixFilePermissions(driver, PosixFilePermissions.fromString("rwx------"));
        run(clone, "git", "config", "diff.laurel.command", "'" + driver + "'");
        Files.writeString(
                clone.resolve(".git/info/attributes"),
                "champion.yaml diff=laurel\nreport.yaml diff=laurel\n*.model diff=laurel\nmodel.yaml diff=laurel\n");
    }

    @Test
    void aPromotionIsShownAsTheComparisonOfItsVersions() throws Exception {
        assertThat(run(clone, "git", "show", "--ext-diff", "--format=", "main~2"))
                .startsWith("""
                        laurel diff environments/production/daily/champion.yaml
                        champion v1 -> v3, by person: a quiet week in staging

                        daily v1 -> v3

                        Each on its own evaluation rows, as reported, with 95 % intervals:

                                           v1                     v3
                        accuracy           0.7000 [0.546, 0.819]  0.5250 [0.375, 0.671]
                        """)
                .contains("Not measured on the same rows: model file of v3: bytes of sha256:");
    }

    @Test
    void withARepositoryThatHoldsTheRowsBothAreMeasuredAnew() throws Exception {
        Path before = pin("main~3");
        Path after = pin("main~2");

        Laurel laurel = Laurel.run(
                "diff", PIN, before, "1".repeat(40), "100644", after, "2".repeat(40), "100644", "--repo", repository);

        assertThat(laurel.exit()).isZero();
        assertThat(laurel.out()).contains("champion v1 -> v3", "Both on the same 40 rows", "Churn: 13 of 40 answers");
    }

    @Test
    void aPinOfNoVersionThatIsKnownIsShownAllTheSame() throws Exception {
        String text = Files.readString(pin("main~2")).replace("version: v3", "version: v9");
        Path other = Files.writeString(folder.resolve("other.yaml"), text);

        Laurel laurel =
                Laurel.run("diff", PIN, pin("main~3"), "1", "100644", other, "2", "100644", "--repo", repository);

        assertThat(laurel.exit()).isZero();
        assertThat(laurel.out())
                .startsWith("laurel diff " + PIN
                        + "\nchampion v1 -> v9, by person: a quiet week in staging\n\n"
                        + "The versions are not compared: no v9 of daily is registered at commit ");
    }

    @Test
    void aRemovedPinLeavesNoChampion() throws Exception {
        assertThat(Laurel.run("diff", PIN, pin("main"), "1", "100644", "/dev/null", ".", ".")
                        .out())
                .isEqualTo("laurel diff " + PIN + "\nchampion v1 -> none");
    }

    @Test
    void aNewReportIsShownAsItsMetricsAndAModelFileAsItsDigest() throws Exception {
        String pointer = run(clone, "git", "show", "main:" + VERSIONS + "v1/daily.model");
        String oid = pointer.lines()
                .filter(line -> line.startsWith("oid "))
                .findFirst()
                .orElseThrow()
                .substring(4);

        assertThat(run(clone, "git", "show", "--ext-diff", "--format=", "main~8", "--", VERSIONS))
                .contains("laurel diff " + VERSIONS + "v1/report.yaml\nOn 40 evaluation rows, with 95 % intervals:\n")
                .contains("laurel diff " + VERSIONS + "v1/daily.model\nnone -> " + oid + ", ");
    }

    @Test
    void twoReportsAreShownSideBySide() throws Exception {
        assertThat(run(
                        clone,
                        "git",
                        "diff",
                        "main:" + VERSIONS + "v1/report.yaml",
                        "main:" + VERSIONS + "v3/report.yaml"))
                .contains(
                        "\n                   v1                     v3\naccuracy           0.7000 [0.546, 0.819]  0.5250 [0.375, 0.671]\n");
    }

    @Test
    void anyOtherFileIsShownAsText() throws Exception {
        Path definition = clone.resolve("models/daily/model.yaml");
        Files.writeString(definition, Files.readString(definition).replace("seed: 24\n", "seed: 2\n"));

        assertThat(run(clone, "git", "diff"))
                .startsWith(
                        "laurel diff models/daily/model.yaml\n--- a/models/daily/model.yaml\n+++ b/models/daily/model.yaml\n@@ -")
                .contains("\n-seed: 24\n+seed: 2\n");
        run(clone, "git", "checkout", "-q", "--", definition.toString());
    }

    @Test
    void aReportThatIsNoneIsShownAsText() throws Exception {
        Path broken = Files.writeString(folder.resolve("broken.yaml"), "no report\n");

        assertThat(Laurel.run("diff", VERSIONS + "v1/report.yaml", "/dev/null", ".", ".", broken, "1", "100644")
                        .out())
                .contains("--- a/" + VERSIONS + "v1/report.yaml", "+no report");
    }

    @Test
    void aRenameHasTwoMoreArguments() throws Exception {
        Path text = Files.writeString(folder.resolve("text"), "same\n");

        assertThat(Laurel.run("diff", "a.txt", text, "1", "100644", text, "1", "100644", "b.txt", "rename from a.txt")
                        .out())
                .startsWith("laurel diff b.txt");
    }

    @Test
    void aPathOfAnUnfinishedMergeIsNamed() {
        assertThat(Laurel.run("diff", PIN)).isEqualTo(new Laurel(0, "* Unmerged path " + PIN, ""));
    }

    private static Path pin(String commit) throws Exception {
        return Files.writeString(
                Files.createTempFile(folder, "pin", ".yaml"), run(clone, "git", "show", commit + ":" + PIN));
    }

    /** With no configuration of the machine. */
    private static String run(Path directory, String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(List.of(command)).directory(directory.toFile());
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        builder.environment().remove("LAUREL_REPO");
        Process process = builder.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
