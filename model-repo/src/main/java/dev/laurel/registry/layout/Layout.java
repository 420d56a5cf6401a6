package dev.laurel.registry.layout;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.laurel.git.TreeChanges;
import dev.laurel.model.Digest;
import dev.laurel.model.Environment;
import dev.laurel.model.Expect;
import dev.laurel.model.InvalidValueException;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import dev.laurel.model.VersionRecord;
import dev.laurel.schema.DefinitionSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Objects;
import java.util.SortedMap;

/** Where each thing stands in a models repository. */
public final class Layout {
    public static final String FORMAT = "laurel.yaml";
    public static final String MODELS = "models";
    public static final String ENVIRONMENTS = "environments";
    public static final String DATA = "data";
    public static final String VERSIONS = "versions";
    public static final String DEFINITION = "model.yaml";
    /** Beside the models; each definition names it in its first line. */
    public static final String SCHEMA = MODELS + "/" + DefinitionSchema.FILE;

    public static final String RECORD = "version.yaml";
    public static final String REPORT = "report.yaml";
    public static final String PROVENANCE = "provenance.yaml";
    public static final String PROFILE = "profile.yaml";
    public static final String PIN = "champion.yaml";
    public static final String CHALLENGER = "challenger.yaml";
    public static final String RELEASE = "released.yaml";
    public static final String HELD = "held.yaml";
    public static final String DRIFT = "drift";

    private static final String ATTRIBUTES = """
            *.model filter=lfs diff=lfs merge=lfs -text
            data/** filter=lfs diff=lfs merge=lfs -text
            """;

    /** A plain clone fetches no bytes, and git-lfs does not ask for locks, which nothing here needs. */
    private static final String LFS_CONFIG = """
            [lfs]
            	fetchexclude = *
            	locksverify = false
            """;

    private Layout() {}

    static String model(ModelName model) {
        return MODELS + "/" + model;
    }

    public static String definition(ModelName model) {
        return model(model) + "/" + DEFINITION;
    }

    public static String versions(ModelName model) {
        return model(model) + "/" + VERSIONS;
    }

    /** By the hundred, so that no folder grows with the number of versions. */
    static String hundred(Version version) {
        return String.format(Locale.ROOT, "%02d", version.number() / 100);
    }

    public static String version(ModelName model, Version version) {
        return versions(model) + "/" + hundred(version) + "/" + version;
    }

    /**
     * The version in whose folder a file below the versions of a model stands.
     *
     * @param path the names on the way to the file
     * @throws InvalidValueException when no version may stand there
     */
    public static Version versionOf(ModelName model, String... path) {
        Expect.that(
                path.length > 5,
                "file",
                path[path.length - 1],
                "only folders of versions here, such as " + version(model, new Version(7)));
        Version version = Version.parse(path[4]);
        Expect.that(path[3].equals(hundred(version)), "folder", path[3], version(model, version));
        return version;
    }

    /** @param name of one report's folder */
    public static String drift(ModelName model, String name) {
        return model(model) + "/" + DRIFT + "/" + name;
    }

    public static String record(ModelName model, Version version) {
        return version(model, version) + "/" + RECORD;
    }

    public static String report(ModelName model, Version version) {
        return version(model, version) + "/" + REPORT;
    }

    public static String provenance(ModelName model, Version version) {
        return version(model, version) + "/" + PROVENANCE;
    }

    public static String modelFile(ModelName model, Version version) {
        return version(model, version) + "/" + VersionRecord.modelFileName(model);
    }

    /** By the first two digits, so that a registration does not rewrite one folder that holds the rows of every version. */
    public static String data(Digest digest) {
        return DATA + "/" + digest.hex().substring(0, 2) + "/" + digest.hex() + ".csv";
    }

    /** @throws InvalidValueException when a path goes through a pin or a release as if that were a folder */
    public static void expectNoFolderForAPin(String... path) {
        Expect.that(
                path.length <= 4
                        || !(path[3].equals(PIN)
                                || path[3].equals(CHALLENGER)
                                || path[3].equals(RELEASE)
                                || path[3].equals(HELD)),
                path[Math.min(3, path.length - 1)],
                "a folder",
                "a file");
    }

    public static String environment(Environment environment) {
        return ENVIRONMENTS + "/" + environment;
    }

    public static String pin(Environment environment, ModelName model) {
        return environment(environment) + "/" + model + "/" + PIN;
    }

    public static String challenger(Environment environment, ModelName model) {
        return environment(environment) + "/" + model + "/" + CHALLENGER;
    }

    public static String release(Environment environment, ModelName model) {
        return environment(environment) + "/" + model + "/" + RELEASE;
    }

    public static String held(Environment environment, ModelName model) {
        return environment(environment) + "/" + model + "/" + HELD;
    }

    /** The files of a new models repository but its format, {@link #FORMAT}. */
    public static TreeChanges initial(SortedMap<ModelName, byte[]> definitions) {
        TreeChanges files = new TreeChanges()
                .put("README.md", readme())
                .put(".gitattributes", ATTRIBUTES.getBytes(UTF_8))
                .put(".lfsconfig", LFS_CONFIG.getBytes(UTF_8));
        definitions.forEach((model, definition) -> files.put(definition(model), definition));
        return files;
    }

    private static byte[] readme() {
        try (InputStream text = Layout.class.getResourceAsStream("models-readme.md")) {
            return Objects.requireNonNull(text, "models-readme.md").readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
