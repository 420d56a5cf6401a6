package dev.laurel.live;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.laurel.model.Digest;
import dev.laurel.model.ModelName;
import dev.laurel.program.Reason;
import dev.laurel.program.SoleUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files with what was counted, one for each version and role; each is replaced whole. What cannot be read or written costs the counts, never an
 * answer. Of one server: each would write its own counts over another's.
 */
final class DriftFolder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DriftFolder.class);
    private static final int DIGITS = 16;
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private final Path folder;
    private final SoleUse lock;

    private DriftFolder(Path folder, SoleUse lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /** Empty, and said in the log, where the folder cannot be used or another server does. */
    static Optional<DriftFolder> open(Path folder) {
        try {
            Files.createDirectories(folder);
            Optional<DriftFolder> opened =
                    SoleUse.of(folder.resolve("lock")).map(lock -> new DriftFolder(folder, lock));
            if (opened.isEmpty()) {
                LOG.warn("another server keeps its drift counts in {}; those of this one end with it", folder);
            }
            return opened;
        } catch (IOException e) {
            LOG.warn("drift counts cannot be kept in {}: {}", folder, Reason.of(e));
            return Optional.empty();
        }
    }

    boolean has(ModelName model, Digest digest, String role) {
        return Files.exists(file(model, digest, role));
    }

    Optional<Windows.Kept> read(ModelName model, Digest digest, String role) {
        Path file = file(model, digest, role);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(file), Windows.Kept.class))
                    .filter(kept -> digest.toString().equals(kept.digest()));
        } catch (IOException | RuntimeException e) {
            LOG.warn("drift counts in {} cannot be read, and begin anew: {}", file, Reason.of(e));
            return Optional.empty();
        }
    }

    void write(ModelName model, Digest digest, String role, Windows.Kept kept) {
        Path file = file(model, digest, role);
        try {
            Path written = Files.createTempFile(folder, "counts", ".tmp");
            try {
                Files.write(written, JSON.writeValueAsBytes(kept));
                Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(written);
            }
        } catch (IOException e) {
            LOG.warn("drift counts cannot be kept in {}: {}", file, Reason.of(e));
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            LOG.warn("{}: {}", folder, Reason.of(e));
        }
    }

    private Path file(ModelName model, Digest digest, String role) {
        return folder.resolve("%s-%s-%s.json".formatted(model, digest.hex().substring(0, DIGITS), role));
    }
}
