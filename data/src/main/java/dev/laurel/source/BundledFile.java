package dev.laurel.source;

import dev.laurel.definition.Source;
import dev.laurel.model.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A file of rows that is part of Laurel itself, verified when it is read. What the files are stands in the README beside them.
 *
 * @param format how it is read; its path is the name of the resource
 * @param whole whether runs keep all of its columns, asked for or not
 */
record BundledFile(String name, Digest digest, Source.Csv format, boolean whole) {

    /** Bars of days stand in for Yahoo's, of which runs keep all columns too. */
    private static final BundledFile SP500 = new BundledFile(
            "sp500-2000",
            new Digest("9409e9342d0657c747324e4cfabce8a8c7f663bc485b95a3378f36b0a160f8c8"),
            format("sp500-2000", "date", null, null),
            true);

    private static final Map<String, BundledFile> ALL = Stream.of(
                    SP500,
                    rows("iris", null, "9cc1c345c71bcc9b486b74cbf6063fa66f4bb5e0f603a4b3c3471ec2e5e8e355"),
                    rows(
                            "airline-passengers",
                            "month",
                            "d27dd74f3654ab4c688afccf2348870410902f480cea900d872be2ae33184411"),
                    rows("damage-generated", null, "f215a75f29f28983fa01a2846ea0d30020b3c84bf777f3eba9a0340c60babd34"),
                    new BundledFile(
                            "gold-generated",
                            new Digest("d63583aee917c050783c33b43500566ad0bfda4ffbb879cc84766fabe7980250"),
                            format("gold-generated", "Date", ",", "M/d/yyyy"),
                            false))
            .collect(Collectors.toUnmodifiableMap(BundledFile::name, file -> file));

    private static final Map<Reading, CsvTable> READ = new ConcurrentHashMap<>();

    private record Reading(String name, CsvTable.Asked asked) {}

    private static BundledFile rows(String name, @Nullable String key, String digest) {
        return new BundledFile(name, new Digest(digest), format(name, key, null, null), false);
    }

    private static Source.Csv format(
            String name, @Nullable String key, @Nullable String thousands, @Nullable String dateFormat) {
        return new Source.Csv(name + ".csv", key, ",", ".", thousands, null, dateFormat, "UTF-8", null, null);
    }

    /** @throws SourceException when there is none of this name */
    static BundledFile of(String name) {
        BundledFile file = ALL.get(name);
        if (file == null) {
            throw new SourceException("bundled rows: %s (expected: one of %s)".formatted(name, names()));
        }
        return file;
    }

    static SortedSet<String> names() {
        return new TreeSet<>(ALL.keySet());
    }

    String origin() {
        return "bundled rows " + name;
    }

    /** @throws dev.laurel.yaml.InvalidDocumentException when the definition asks for what is not there */
    CsvTable read(CsvTable.Asked asked) {
        CsvTable.Asked kept = whole ? new CsvTable.Asked(null, asked.words()) : asked;
        return READ.computeIfAbsent(
                new Reading(name, kept), reading -> CsvTable.read(bytes(), format.path(), format, kept));
    }

    private byte[] bytes() {
        try (InputStream in = BundledFile.class.getResourceAsStream(format.path())) {
            byte[] bytes = in == null ? new byte[0] : in.readAllBytes();
            if (!Digest.of(bytes).equals(digest)) {
                throw new SourceException(
                        "%s: the bundled file is missing or was changed (expected: %s); build Laurel again"
                                .formatted(format.path(), digest));
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
