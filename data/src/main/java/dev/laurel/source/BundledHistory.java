package dev.laurel.source;

import dev.laurel.table.Table;
import dev.laurel.model.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** The histories that are part of Laurel itself, each read and verified once. What they are stands in the README beside them. */
final class BundledHistory {
    private static final Map<String, Digest> DIGESTS =
            Map.of("sp500-2000", new Digest("9409e9342d0657c747324e4cfabce8a8c7f663bc485b95a3378f36b0a160f8c8"));
    private static final Map<String, Table> READ = new ConcurrentHashMap<>();

    private BundledHistory() {}

    /** @throws SourceException when there is no history of this name */
    static Table table(String name) {
        Digest digest = DIGESTS.get(name);
        if (digest == null) {
            throw new SourceException(
                    "history: %s (expected: one of %s)".formatted(name, new TreeSet<>(DIGESTS.keySet())));
        }
        return READ.computeIfAbsent(name, unread -> TableCsv.read(verified(unread + ".csv", digest), unread + ".csv"));
    }

    private static byte[] verified(String resource, Digest digest) {
        try (InputStream in = BundledHistory.class.getResourceAsStream(resource)) {
            byte[] bytes = in == null ? new byte[0] : in.readAllBytes();
            if (!Digest.of(bytes).equals(digest)) {
                throw new SourceException(
                        "%s: the bundled history is missing or was changed (expected: %s); build Laurel again"
                                .formatted(resource, digest));
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
