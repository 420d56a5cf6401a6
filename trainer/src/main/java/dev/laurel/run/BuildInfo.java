package dev.laurel.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;

/** What this trainer was built from, as the build wrote it down: Laurel's version and those of the libraries that shape a model. */
record BuildInfo(String laurel, SortedMap<String, String> libraries) {
    static BuildInfo read() {
        Properties properties = new Properties();
        try (InputStream file = BuildInfo.class.getResourceAsStream("build.properties")) {
            properties.load(Objects.requireNonNull(file, "build.properties stands beside this class"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        SortedMap<String, String> libraries = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> libraries.put(name, properties.getProperty(name)));
        String laurel = Objects.requireNonNull(libraries.remove("laurel"));
        return new BuildInfo(laurel, libraries);
    }
}
