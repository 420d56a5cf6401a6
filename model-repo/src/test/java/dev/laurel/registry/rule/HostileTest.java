package dev.laurel.registry.rule;

import static dev.laurel.registry.showcase.Showcase.PRODUCTION;
import static dev.laurel.registry.showcase.Showcase.SPY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.model.InvalidValueException;
import dev.laurel.registry.Registry;
import dev.laurel.registry.outcome.Promotion;
import dev.laurel.registry.outcome.RegistryException;
import dev.laurel.registry.showcase.CommandLine;
import dev.laurel.registry.showcase.Forgery;
import dev.laurel.registry.showcase.HttpShowcase;
import dev.laurel.registry.showcase.JavaProcess;
import dev.laurel.registry.showcase.Showcase;
import dev.laurel.registry.view.Revision;
import dev.laurel.yaml.InvalidDocumentException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Commits made to harm whoever reads them: all that reads says what is wrong, and so does the server that they are pushed to, in bounded
 * time and in little memory. Long since each kind of harm has its commit.
 */
class HostileTest {
    private static final String PIN = "environments/production/spy-direction/champion.yaml";
    private static final String VERSIONS = "models/spy-direction/versions/00/";
    private static final String LINK = "a symbolic link (expected: a file)";
    private static final String LINK_PUSHED = "a symbolic link or submodule (expected: a file)";
    private static final String MANY = "a folder whose list of names takes ";
    private static final int MANY_NAMES = 100_000;

    @TempDir
    Path folder;

    /**
     * A commit to be read and to be pushed.
     *
     * @param verified what verify says
     * @param pushed what the server says
     */
    private record Attack(Forging forging, String verified, String pushed) {}

    private interface Forging {
        /** @param git in the repository that is forged */
        void on(Forgery forgery, CommandLine git);
    }

    private static Map<String, Attack> attacks() {
        Map<String, Attack> attacks = new LinkedHashMap<>();
        attacks.put(
                "pin-of-50-mebibytes",
                new Attack(
                        (forgery, git) -> forgery.put(PIN, new byte[50 << 20]),
                        PIN + "@",
                        "Object too large (52,428,800 bytes), rejecting the pack"));
        attacks.put("pin-link", link(PIN));
        attacks.put("record-link", changedToLink(VERSIONS + "v2/version.yaml"));
        attacks.put("report-link", changedToLink(VERSIONS + "v2/report.yaml"));
        attacks.put("model-file-link", changedToLink(VERSIONS + "v2/spy-direction.model"));
        attacks.put("definition-link", link("models/spy-direction/model.yaml"));
        attacks.put(
                "format-link",
                new Attack((forgery, git) -> forgery.link("laurel.yaml", "/etc/passwd"), LINK, LINK_PUSHED));
        attacks.put("pin-submodule", submodule(PIN, "a submodule (expected: a file)"));
        attacks.put("version-submodule", submodule(VERSIONS + "v3", "only folders of versions here"));
        attacks.put(
                "pin-folder",
                new Attack(
                        (forgery, git) -> forgery.remove(PIN).put(PIN + "/x", "x"),
                        "a folder (expected: a file)",
                        "a folder (expected: a file)"));
        attacks.put(
                "pin-bomb",
                new Attack(
                        (forgery, git) -> forgery.put(PIN, yamlBomb()),
                        "an alias (expected: the value itself)",
                        "an alias"));
        attacks.put("many-models", many("models", "m%d", "model.yaml"));
        attacks.put("many-rows", many("data/07", "%064x.csv", null));
        attacks.put("many-environments", many("environments", "e%d", "champion.yaml"));
        attacks.put("many-members", many(VERSIONS + "v3", "%d.md", null));
        attacks.put(
                "deep-folders",
                new Attack(
                        (forgery, git) -> forgery.put("models/" + "d/".repeat(2000) + "x", "x"),
                        "a deeper folder (expected: at most 50 levels)",
                        "a deeper folder (expected: at most 50 levels)"));
        attacks.put(
                "ten-to-the-tenth-files",
                new Attack(
                        (forgery, git) -> forgery.folder("models/m", treeBomb(git)),
                        "at most 100000 at once",
                        "at most 100000 at once"));
        attacks.put(
                "look-alike",
                new Attack(
                        (forgery, git) -> forgery.put("models/sp\u0443-direction/model.yaml", "x"),
                        "model: sp",
                        "model: sp"));
        attacks.put(
                "case-clash",
                new Attack(
                        (forgery, git) -> forgery.put("models/Spy-Direction/model.yaml", "x"),
                        "model: Spy-Direction",
                        "duplicateEntries"));
        return attacks;
    }

    private static Attack link(String path) {
        return new Attack((forgery, git) -> forgery.link(path, "/etc/passwd"), LINK, path + ": " + LINK_PUSHED);
    }

    private static Attack changedToLink(String path) {
        return new Attack(
                (forgery, git) -> forgery.link(path, "/etc/passwd"),
                "changed (expected: never, once v2 is registered)",
                path + ": " + LINK_PUSHED);
    }

    private static Attack submodule(String path, String verified) {
        return new Attack((forgery, git) -> forgery.submodule(path), verified, path + ": " + LINK_PUSHED);
    }

    /** @param inside the file in each of them, which are folders then */
    private static Attack many(String folder, String names, @Nullable String inside) {
        return new Attack(
                (forgery, git) -> {
                    String entry = "100644 blob " + made(git, "hash-object -w --stdin", "x");
                    if (inside != null) {
                        entry = "040000 tree " + made(git, "mktree", entry + "\t" + inside + "\n");
                    }
                    StringBuilder listing = new StringBuilder();
                    for (int i = 0; i < MANY_NAMES; i++) {
                        listing.append(entry)
                                .append('\t')
                                .append(names.formatted(i))
                                .append('\n');
                    }
                    forgery.folder(folder, made(git, "mktree", listing.toString()));
                },
                MANY,
                MANY);
    }

    /** Ten levels of folders with ten names each, of which every level has but one tree. */
    private static String treeBomb(CommandLine git) {
        String entry = "100644 blob " + made(git, "hash-object -w --stdin", "x");
        for (int level = 0; level < 10; level++) {
            StringBuilder listing = new StringBuilder();
            for (int i = 0; i < 10; i++) {
                listing.append(entry).append("\tn").append(i).append('\n');
            }
            entry = "040000 tree " + made(git, "mktree", listing.toString());
        }
        return entry.substring(entry.lastIndexOf(' ') + 1);
    }

    /** The id of an object that a command of Git makes of its input. */
    private static String made(CommandLine git, String command, String input) {
        try {
            Path file = Files.writeString(git.folder().resolve("input"), input);
            return git.run("sh", "-c", "git " + command + " < " + file).strip();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String yamlBomb() {
        StringBuilder text = new StringBuilder("a: &a [x, x, x, x, x, x, x, x, x]\n");
        for (char name = 'b'; name <= 'z'; name++) {
            String before = "*" + (char) (name - 1);
            text.append("%c: &%c [%s]\n".formatted(name, name, String.join(", ", List.of(before, before, before))));
        }
        return text.toString();
    }

    @Test
    void whatIsMadeToHarmIsRefusedByAllThatReadsAndByTheServer() throws Exception {
        Map<String, Attack> attacks = attacks();
        try (HttpShowcase http = HttpShowcase.in(folder)) {
            http.showcase().withVersions(2);
            http.showcase().promote(1);
            http.showcase().promote(2);
            CommandLine git = CommandLine.in(folder.resolve("work"));
            List<String> repositories = new ArrayList<>();
            for (Map.Entry<String, Attack> attack : attacks.entrySet()) {
                Path copy = folder.resolve(attack.getKey());
                git.run("cp", "-r", http.showcase().bare().toString(), copy.toString());
                Forgery forgery = new Forgery(copy).branch("hostile", "main");
                attack.getValue().forging.on(forgery, git.at(copy));
                forgery.make();
                git.at(copy).run("git", "update-ref", "refs/heads/main", "hostile");
                repositories.add(copy.toString());
            }

            String read = read(repositories);
            String before = http.showcase().registry().head().commit();
            SoftAssertions all = new SoftAssertions();
            for (Map.Entry<String, Attack> attack : attacks.entrySet()) {
                String name = attack.getKey();
                all.assertThat(section(read, name)).as("reading %s", name).contains(attack.getValue().verified);
                all.assertThat(git.at(folder.resolve(name))
                                .tryRun("git", "push", http.url(), "main")
                                .output())
                        .as("pushing %s", name)
                        .contains("rejected", attack.getValue().pushed);
            }
            all.assertThat(http.showcase().registry().head().commit()).isEqualTo(before);
            all.assertAll();
        }
    }

    @Test
    void aPinIsPromotedAgainAfterAHostileOneStoodThere() throws Exception {
        try (Showcase showcase = Showcase.in(folder)) {
            showcase.withVersions(3);
            showcase.promote(1);
            showcase.promote(2);
            String pin = new String(Files.readAllBytes(goldenPin(showcase)), UTF_8);
            new Forgery(showcase.bare())
                    .branch("hostile", "main")
                    .put(PIN, new byte[20 << 20])
                    .commit()
                    .put(PIN, pin)
                    .make();
            CommandLine.in(showcase.bare()).run("git", "update-ref", "refs/heads/main", "hostile");

            assertThat(showcase.held()).isFalse();
            assertThat(showcase.promote(3)).isInstanceOf(Promotion.Moved.class);
        }
    }

    private Path goldenPin(Showcase showcase) {
        Path file = folder.resolve("pin");
        CommandLine.in(showcase.bare()).run("sh", "-c", "git show main:" + PIN + " > " + file);
        return file;
    }

    @Test
    void namesOfCommitsThatAreNoneAreRefused() {
        try (Showcase showcase = Showcase.in(folder)) {
            for (String name :
                    List.of("", "\0", "../../etc/passwd", "main:laurel.yaml", "@{-1}", "x".repeat(1 << 20))) {
                assertThat(outcome(() -> showcase.registry().at(name))).startsWith("refused: commit: ");
            }
        }
    }

    /** In a JVM with little memory, each of the repositories by all there is. */
    private String read(List<String> repositories) throws Exception {
        List<String> command = new ArrayList<>(JavaProcess.command("-Xmx64m"));
        command.add(HostileTest.class.getName());
        command.addAll(repositories);
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(3, TimeUnit.MINUTES))
                    .as("in bounded time")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        String text = Files.readString(output, UTF_8);
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }

    private static String section(String read, String name) {
        int begin = read.indexOf("== " + name + "\n");
        int end = read.indexOf("\n== ", begin);
        return read.substring(begin, end < 0 ? read.length() : end);
    }

    /** Reads repositories; ends badly when something else than a refusal is thrown. */
    public static void main(String... repositories) {
        PrintStream out = new PrintStream(System.out, true, UTF_8);
        for (String repository : repositories) {
            out.println("== " + Path.of(repository).getFileName());
            out.println("open: " + outcome(() -> read(repository, out)));
        }
    }

    private static String read(String repository, PrintStream out) {
        try (Registry registry = Registry.open(Path.of(repository))) {
            Revision head = registry.head();
            out.println("models: " + outcome(head::models));
            out.println("definition: " + outcome(() -> head.definition(SPY)));
            out.println("versions: " + outcome(() -> head.versions(SPY)));
            out.println("pins: " + outcome(() -> head.pins(PRODUCTION)));
            out.println("hold: " + outcome(() -> head.hold(PRODUCTION, SPY)));
            out.println("events: " + outcome(() -> head.events(SPY, null, 10)));
            out.println("report: " + outcome(() -> head.report(SPY, Showcase.v(2))));
            out.println("verify: "
                    + outcome(() -> registry.verify(null, null, (what, done, total) -> {}).faults().stream()
                            .limit(20)
                            .toList()));
            out.println(
                    "promote: " + outcome(() -> registry.promote(PRODUCTION, SPY, Showcase.v(1), "x", Showcase.ALICE)));
            return "done";
        }
    }

    private static String outcome(Reading reading) {
        try {
            String text = String.valueOf(reading.read());
            return text.substring(0, Math.min(2000, text.length()));
        } catch (RegistryException | InvalidDocumentException | InvalidValueException e) {
            return "refused: " + e.getMessage();
        }
    }

    private interface Reading {
        Object read();
    }
}
