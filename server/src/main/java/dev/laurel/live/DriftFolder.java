package dev.laurel.live;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.laurel.model.Digest;
import dev.laurel.model.ModelName;
import dev.laurel.program.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Files with what was counted, one for each version and role; each is replaced whole. What cannot be read or written costs the counts, never an answer. */
final class DriftFolder {
    private static final Logger LOG = LoggerFactory.getLogger(DriftFolder.class);
    private static final int DIGITS = 16;
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private final Path folder;

    DriftFolder(Path folder) {
        this.folder = folder;
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
            Files.createDirectories(folder);
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

    private Path file(ModelName model, Digest digest, String role) {
        return folder.resolve("%s-%s-%s.json".formatted(model, digest.hex().substring(0, DIGITS), role));
    }
}
