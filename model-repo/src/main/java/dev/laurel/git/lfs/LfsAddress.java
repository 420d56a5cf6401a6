package dev.laurel.git.lfs;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the LFS server of a repository is. */
@FunctionalInterface
public interface LfsAddress {
    /** @param operation {@code download} or {@code upload} */
    Endpoint of(String operation) throws IOException;

    /**
     * @param url below which {@code objects/batch} is
     * @param headers to send with each request there
     * @param expires when the headers do; null when they do not
     */
    record Endpoint(
            URI url, Map<String, String> headers, @Nullable Instant expires) {
        /** What {@code git-lfs-authenticate} prints. */
        public static Endpoint parse(String json) throws IOException {
            return LfsBatch.endpoint(json);
        }
    }
}
