package dev.laurel.cli.repository;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.cli.Laurel;
import dev.laurel.cli.Showcase;
import dev.laurel.model.Environment;
import dev.laurel.registry.Registry;
import dev.laurel.registry.layout.kustomize.KustomizeFiles;
import dev.laurel.registry.layout.workflows.WorkflowFiles;
import dev.laurel.registry.outcome.Beginning;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpgradeCommandTest {
    private static final Environment PRODUCTION = new Environment("production");
    private static final String BRANCH = "upgrade/notpackaged";
    private static final String PLAN = """
            write   base/hpa.yaml
            write   environments/production/spy-direction/challenger.yaml
            write   environments/production/spy-direction/kustomization.yaml
            remove  base/components/gone/kustomization.yaml
            """;

    @TempDir
    Path folder;

    Path repository;

    @BeforeEach
    void ofAnEarlierLaurel() {
        repository = folder.resolve("models.git");
        SortedMap<String, byte[]> files = new TreeMap<>(
                KustomizeFiles.all(List.of(), List.of(PRODUCTION), null, "https://git.example.com/m.git"));
        files.put("base/hpa.yaml", "of before\n".getBytes(UTF_8));
        files.put("base/components/gone/kustomization.yaml", "of before\n".getBytes(UTF_8));
        files.put("environments/production/server/hpa.yaml", "the owner's\n".getBytes(UTF_8));
        Registry.create(
                        repository,
                        new Beginning(
                                Starter.choose(List.of(Starter.DEFAULT), true, null)
                                        .definitions(),
                                files),
                        Showcase.ALICE)
                .close();
    }

    private Laurel laurel(Object... arguments) {
        Object[] all = new Object[arguments.length + 3];
        all[0] = "upgrade";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[arguments.length + 1] = "--repo";
        all[arguments.length + 2] = repository;
        Laurel run = Laurel.run(all);
        assertThat(run.exit()).as(run.toString()).isZero();
        return run;
    }

    @Test
    void proposesOnABranchThatAPersonMerges() throws Exception {
        String main = git("rev-parse", "main");
        Laurel proposed = laurel();

        assertThat(proposed.out())
                .startsWith(PLAN)
                .contains("proposed, branch " + BRANCH + ", commit ")
                .endsWith("in a clone: git pull && git merge --no-ff origin/" + BRANCH + " && git push");
        assertThat(git("rev-parse", "main")).isEqualTo(main);
        assertThat(git("log", "--format=%s", "main.." + BRANCH)).startsWith("Upgrade what is Laurel's own to Laurel ");
        assertThat(git("diff", "--name-status", "--no-renames", "main", BRANCH)).isEqualTo("""
                        D\tbase/components/gone/kustomization.yaml
                        M\tbase/hpa.yaml
                        A\tenvironments/production/spy-direction/challenger.yaml
                        A\tenvironments/production/spy-direction/kustomization.yaml
                        """);

        String tip = git("rev-parse", BRANCH);
        assertThat(laurel("--output", "json").out())
                .contains("\"branch\" : \"" + BRANCH + "\"", "\"commit\" : \"" + tip.strip() + "\"");
        assertThat(git("rev-parse", BRANCH)).as("with the reviews that it has").isEqualTo(tip);

        git("update-ref", "refs/heads/main", BRANCH);
        assertThat(laurel().out()).isEqualTo("everything is as this Laurel has it");
    }

    @Test
    void aBranchThatSaysSomethingElseIsMadeAnew() throws Exception {
        laurel();
        String tip = git("rev-parse", BRANCH);
        laurel("--env", "staging");

        assertThat(git("rev-parse", BRANCH)).isNotEqualTo(tip);
        assertThat(git("log", "--format=%s", "main.." + BRANCH)).hasLineCount(1);
        assertThat(git("diff", "--name-only", "main", BRANCH)).contains("environments/staging/server/hpa.yaml");
    }

    @Test
    void saysWhatWouldChangeAndThenChangesThatAlone() throws Exception {
        assertThat(laurel("--dry-run").out()).isEqualToNormalizingNewlines(PLAN + "nothing was written");
        assertThat(git("branch", "--list")).isEqualTo("* main\n");

        assertThat(laurel("--commit").out()).startsWith(PLAN).containsPattern("commit [0-9a-f]{10}$");
        assertThat(git("log", "--format=%s", "--name-status", "-1", "--no-renames", "main"))
                .contains(
                        "Upgrade what is Laurel's own to Laurel ",
                        "M\tbase/hpa.yaml",
                        "D\tbase/components/gone/kustomization.yaml",
                        "A\tenvironments/production/spy-direction/kustomization.yaml");
        assertThat(git("show", "main:base/hpa.yaml"))
                .isEqualTo(new String(KustomizeFiles.base().get("base/hpa.yaml"), UTF_8));
        assertThat(git("show", "main:environments/production/server/hpa.yaml")).isEqualTo("the owner's\n");

        assertThat(laurel().out()).isEqualTo("everything is as this Laurel has it");
    }

    @Test
    void laysDownANewEnvironmentForTheModelsThatThereAre() throws Exception {
        laurel("--commit", "--env", "staging", "--url", "https://git.example.com/m.git");

        assertThat(git("ls-tree", "-r", "--name-only", "main", "environments/staging"))
                .isEqualTo("""
                        environments/staging/server/egress.yaml
                        environments/staging/server/hpa.yaml
                        environments/staging/server/kustomization.yaml
                        environments/staging/server/settings.yaml
                        environments/staging/spy-direction/challenger.yaml
                        environments/staging/spy-direction/kustomization.yaml
                        """);
        assertThat(git("show", "main:environments/staging/server/settings.yaml"))
                .contains("repository: https://git.example.com/m.git");
    }

    @Test
    void workflowsAreReplacedWhereTheyStandAndLaidDownWhereAskedFor() throws Exception {
        laurel("--commit");
        assertThat(git("ls-tree", "-r", "--name-only", "main", ".github")).isEmpty();

        assertThat(laurel("--commit", "--workflows").out()).contains("write   .github/workflows/gate.yml");
        for (Map.Entry<String, byte[]> file : WorkflowFiles.all(List.of()).entrySet()) {
            assertThat(git("show", "main:" + file.getKey())).isEqualTo(new String(file.getValue(), UTF_8));
        }

        Path clone = folder.resolve("clone");
        git("clone", "--quiet", repository.toString(), clone.toString());
        Files.writeString(clone.resolve(".github/workflows/gate.yml"), "of before\n");
        Files.writeString(clone.resolve(".github/laurel/release.sha256"), "the owner's\n");
        Files.delete(clone.resolve(".github/workflows/promote.yml"));
        String work = clone.resolve(".git").toString();
        git("--git-dir", work, "--work-tree", clone.toString(), "add", "--all");
        git(
                "--git-dir",
                work,
                "-c",
                "user.name=Alice",
                "-c",
                "user.email=alice@laurel.example",
                "commit",
                "--quiet",
                "-m",
                "Ours");
        git("--git-dir", work, "push", "--quiet", "origin", "main");

        assertThat(laurel("--commit").out()).startsWith("write   .github/workflows/gate.yml\ncommit ");
        assertThat(git("show", "main:.github/laurel/release.sha256")).isEqualTo("the owner's\n");
    }

    @Test
    void initLaysTheWorkflowsDownWithTheirOwners() throws Exception {
        Path other = folder.resolve("other.git");
        assertThat(Laurel.run("init", "--offline", "--owner", "@desk/leads", "--owner", "@ada", "--repo", other)
                        .exit())
                .isZero();

        for (Map.Entry<String, byte[]> file :
                WorkflowFiles.all(List.of("@desk/leads", "@ada")).entrySet()) {
            assertThat(git("--git-dir", other.toString(), "show", "main:" + file.getKey()))
                    .isEqualTo(new String(file.getValue(), UTF_8));
        }
        assertThat(git("--git-dir", other.toString(), "show", "main:.github/CODEOWNERS"))
                .contains("\n/.github/ @desk/leads @ada\n");
        assertThat(Laurel.run("verify", "--repo", other).out()).endsWith("no faults");
        assertThat(Laurel.run("init", "--offline", "--owner", "ada", "--repo", folder.resolve("x")))
                .isEqualTo(new Laurel(1, "", "laurel: owner: ada (expected: @name or @organisation/team)"));
    }

    private String git(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("git", "--git-dir", repository.toString()));
        command.addAll(List.of(arguments));
        Process git = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(git.getInputStream().readAllBytes(), UTF_8);
        assertThat(git.waitFor()).as(output).isZero();
        return output;
    }
}
