package dev.laurel.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.laurel.model.Decision;
import dev.laurel.model.Digest;
import dev.laurel.model.Environment;
import dev.laurel.model.Metric;
import dev.laurel.model.ModelName;
import dev.laurel.model.Pin;
import dev.laurel.model.Version;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A small models repository with one model, and the steps that make its history: read it first to see how the registry is used. The
 * registry does not look inside model files, so any bytes will do.
 */
record Showcase(Path bare, Registry registry) implements AutoCloseable {
    static final ModelName SPY = new ModelName("spy-direction");
    static final Environment PRODUCTION = new Environment("production");
    static final Environment STAGING = new Environment("staging");
    static final Author TRAINER = new Author("Laurel trainer", "trainer@laurel.example");
    static final Author ALICE = new Author("Alice", "alice@laurel.example");
    static final Pin.Evidence EVIDENCE =
            new Pin.Evidence(Metric.ACCURACY, 0.583, 0.55, 60, Digest.of("rows".getBytes(UTF_8)));
    static final Judge PASS = champion -> new Judge.Judgement(Decision.passed("accuracy 0.5830"), EVIDENCE);
    static final Judge REJECT =
            champion -> new Judge.Judgement(Decision.rejected(List.of("accuracy 0.5000")), EVIDENCE);

    static Showcase in(Path folder) {
        Path bare = folder.resolve("models.git");
        return new Showcase(bare, Registry.create(bare, definitions(), TRAINER));
    }

    static SortedMap<ModelName, byte[]> definitions() {
        return new TreeMap<>(Map.of(SPY, resource("/spy-direction.yaml")));
    }

    static byte[] resource(String name) {
        try (InputStream in = Showcase.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Version v(int number) {
        return new Version(number);
    }

    /** Registers the versions up to {@code last}, each with bytes of its own. */
    Showcase withVersions(int last) {
        int registered = registry.head().newest(SPY).map(Version::number).orElse(0);
        for (int number = registered + 1; number <= last; number++) {
            registry.register(new TextDraft("model " + number), TRAINER);
        }
        return this;
    }

    Promotion promote(int version) {
        return promote(PRODUCTION, version);
    }

    Promotion promote(Environment environment, int version) {
        return registry.promote(environment, SPY, v(version), PASS, TRAINER);
    }

    Promotion promoteByHand(int version) {
        return registry.promote(PRODUCTION, SPY, v(version), "looks better on the desk", ALICE);
    }

    Promotion rollBack() {
        return registry.rollBack(PRODUCTION, SPY, null, "odd answers since noon", ALICE);
    }

    Pin pin() {
        return registry.head().pin(PRODUCTION, SPY).orElseThrow();
    }

    boolean held() {
        return registry.head().hold(PRODUCTION, SPY).isPresent();
    }

    @Override
    public void close() {
        registry.close();
    }

    /** A candidate whose model file is a text, made from one row of data. */
    record TextDraft(String text) implements Draft {
        @Override
        public ModelName model() {
            return SPY;
        }

        @Override
        public byte[] modelFile() {
            return text.getBytes(UTF_8);
        }

        @Override
        public byte[] data() {
            return "date,close\n2020-04-17,2874.56\n".getBytes(UTF_8);
        }

        @Override
        public SortedMap<String, byte[]> documents(Version version) {
            return new TreeMap<>(Map.of(
                    "README.md", "# spy-direction %s\n".formatted(version).getBytes(UTF_8),
                    "report.yaml", "version: %s\n".formatted(version).getBytes(UTF_8)));
        }

        @Override
        public String summary() {
            return "accuracy 0.5833 on 60 rows";
        }
    }
}
