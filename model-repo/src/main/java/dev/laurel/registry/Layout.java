package dev.laurel.registry;

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
import dev.laurel.yaml.Yaml;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Objects;
import java.util.SortedMap;

/** Where each thing stands in a models repository. */
final class Layout {
    static final String FORMAT = "laurel.yaml";
    static final String MODELS = "models";
    static final String ENVIRONMENTS = "environments";
    static final String DATA = "data";
    static final String VERSIONS = "versions";
    static final String DEFINITION = "model.yaml";
    /** Beside the models; each definition names it in its first line. */
    static final String SCHEMA = MODELS + "/" + DefinitionSchema.FILE;

    static final String RECORD = "version.yaml";
    static final String REPORT = "report.yaml";
    static final String PROVENANCE = "provenance.yaml";
    static final String PROFILE = "profile.yaml";
    static final String PIN = "champion.yaml";
    static final String RELEASE = "released.yaml";
    static final String HELD = "held.yaml";
    static final String DRIFT = "drift";

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

    static String definition(ModelName model) {
        return model(model) + "/" + DEFINITION;
    }

    static String versions(ModelName model) {
        return model(model) + "/" + VERSIONS;
    }

    /** By the hundred, so that no folder grows with the number of versions. */
    static String hundred(Version version) {
        return String.format(Locale.ROOT, "%02d", version.number() / 100);
    }

    static String version(ModelName model, Version version) {
        return versions(model) + "/" + hundred(version) + "/" + version;
    }

    /**
     * The version in whose folder a file below the versions of a model stands.
     *
     * @param path the names on the way to the file
     * @throws InvalidValueException when no version may stand there
     */
    static Version versionOf(ModelName model, String... path) {
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
    static String drift(ModelName model, String name) {
        return model(model) + "/" + DRIFT + "/" + name;
    }

    static String record(ModelName model, Version version) {
        return version(model, version) + "/" + RECORD;
    }

    static String report(ModelName model, Version version) {
        return version(model, version) + "/" + REPORT;
    }

    static String provenance(ModelName model, Version version) {
        return version(model, version) + "/" + PROVENANCE;
    }

    static String modelFile(ModelName model, Version version) {
        return version(model, version) + "/" + VersionRecord.modelFileName(model);
    }

    /** By the first two digits, so that a registration does not rewrite one folder that holds the rows of every version. */
    static String data(Digest digest) {
        return DATA + "/" + digest.hex().substring(0, 2) + "/" + digest.hex() + ".csv";
    }

    /** @throws InvalidValueException when a path goes through a pin or a release as if that were a folder */
    static void expectNoFolderForAPin(String... path) {
        Expect.that(
                path.length <= 4 || !(path[3].equals(PIN) || path[3].equals(RELEASE) || path[3].equals(HELD)),
                path[Math.min(3, path.length - 1)],
                "a folder",
                "a file");
    }

    static String environment(Environment environment) {
        return ENVIRONMENTS + "/" + environment;
    }

    static String pin(Environment environment, ModelName model) {
        return environment(environment) + "/" + model + "/" + PIN;
    }

    static String release(Environment environment, ModelName model) {
        return environment(environment) + "/" + model + "/" + RELEASE;
    }

    static String held(Environment environment, ModelName model) {
        return environment(environment) + "/" + model + "/" + HELD;
    }

    /** The files of a new models repository. */
    static TreeChanges initial(SortedMap<ModelName, byte[]> definitions) {
        TreeChanges files = new TreeChanges()
                .put("README.md", readme())
                .put(FORMAT, Yaml.write(Format.CURRENT))
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
