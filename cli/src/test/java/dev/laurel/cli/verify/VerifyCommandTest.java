package dev.laurel.cli.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.cli.Main;
import dev.laurel.cli.repository.Starter;
import dev.laurel.model.Digest;
import dev.laurel.model.Environment;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import dev.laurel.registry.Author;
import dev.laurel.registry.Draft;
import dev.laurel.registry.Registry;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class VerifyCommandTest {
    private static final ModelName SPY = new ModelName("spy-direction");
    private static final Author ALICE = new Author("Alice", "alice@laurel.example");
    private static final String MODEL_FILE = "models/spy-direction/versions/00/v1/spy-direction.model";

    @TempDir
    Path folder;

    Path bare;
    String registered;
    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();

    @BeforeEach
    void create() {
        bare = folder.resolve("models.git");
        try (Registry registry = Registry.create(
                bare, Starter.choose(List.of(Starter.DEFAULT), true, null).definitions(), ALICE)) {
            registry.register(new OneVersion(), ALICE);
            registered = registry.head().commit();
            registry.promote(new Environment("production"), SPY, new Version(1), "the first", ALICE);
        }
    }

    @Test
    void saysWhatWasVerified() {
        assertThat(laurel("verify")).isZero();
        assertThat(out).hasToString("verified: 3 commits, 1 versions, 1 pins, 5 bytes: no faults\n");
        assertThat(err).hasToString("");
    }

    @Test
    void looksAtThePartThatIsAskedFor() {
        assertThat(laurel("verify", "main", "--since", registered)).isZero();
        assertThat(out).hasToString("verified: 1 commits, 0 versions, 1 pins, 5 bytes: no faults\n");
    }

    @Test
    void printsALineForEachFaultAndExitsWith3() throws Exception {
        damage();

        assertThat(laurel("verify")).isEqualTo(3);
        assertThat(out.toString().lines())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("%s@%.10s: bytes of %s: their digest is ".formatted(MODEL_FILE, registered, digest()));
        assertThat(out.toString()).endsWith("verified: 3 commits, 1 versions, 1 pins, 0 bytes: 1 fault\n");
    }

    @Test
    void printsJsonForPrograms() throws Exception {
        damage();

        assertThat(laurel("verify", "--output", "json")).isEqualTo(3);
        assertThat(out.toString())
                .contains(
                        "\"commits\" : 3", "\"file\" : \"" + MODEL_FILE + "\"", "\"commit\" : \"" + registered + "\"");
    }

    @Test
    void whatCannotBeVerifiedExitsWith1() {
        assertThat(laurel("verify", "v9")).isEqualTo(1);
        assertThat(err)
                .hasToString("laurel: revision: v9 (expected: a branch, a tag or a commit of this repository)\n");
    }

    private int laurel(String... arguments) {
        String[] all = new String[arguments.length + 2];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--repo";
        all[arguments.length + 1] = bare.toString();
        CommandLine laurel = Main.commandLine(all).setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return laurel.execute(all);
    }

    private void damage() throws Exception {
        String hex = digest().hex();
        Path object = Path.of("lfs", "objects", hex.substring(0, 2), hex.substring(2, 4), hex);
        Files.writeString(bare.resolve(object), "bytez");
    }

    private static Digest digest() {
        return Digest.of(new OneVersion().modelFile());
    }

    /** The registry does not look inside model files, so any bytes will do. */
    private record OneVersion() implements Draft {
        @Override
        public ModelName model() {
            return SPY;
        }

        @Override
        public byte[] modelFile() {
            return "bytes".getBytes(UTF_8);
        }

        @Override
        public byte[] data() {
            return null;
        }

        @Override
        public SortedMap<String, byte[]> documents(Version version) {
            return new TreeMap<>(Map.of("README.md", "# spy-direction\n".getBytes(UTF_8)));
        }

        @Override
        public String summary() {
            return "made by hand";
        }
    }
}
