package dev.laurel.follow;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.laurel.model.Digest;
import dev.laurel.model.Environment;
import dev.laurel.program.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What history has proven of pins, so that a container that restarts need not ask it again: that the pin's words are its version's, and
 * that a signer put it there who might. A proof stays one: signers are those that stood before the pin was moved. It is for these bytes of
 * a pin, this environment, this repository and this demand for signatures, and stands in a folder that nothing but this server writes:
 * no sibling and no mirror is ever asked for one.
 */
public final class Proofs {
    private static final Logger LOG = LoggerFactory.getLogger(Proofs.class);

    /** Goes up when a server demands more of a pin than before. */
    private static final int RULES = 1;

    private final @Nullable Path folder;
    private final String repository;
    private final boolean signed;

    private Proofs(@Nullable Path folder, String repository, boolean signed) {
        this.folder = folder;
        this.repository = repository;
        this.signed = signed;
    }

    /** Keeps none. */
    public static Proofs none() {
        return new Proofs(null, "", true);
    }

    /** @param signed whether signatures are demanded, so that no pin is followed that history has not proven */
    public static Proofs in(Path folder, String repository, boolean signed) {
        return new Proofs(folder, repository, signed);
    }

    /** Whether a pin without a proof waits until history can be asked, rather than be taken at its word meanwhile. */
    boolean areDemanded() {
        return signed;
    }

    boolean have(Environment environment, String pin) {
        Path file = file(environment, pin);
        try {
            return file != null && Files.exists(file) && Files.readString(file).startsWith(text(environment, pin));
        } catch (IOException e) {
            LOG.warn("A proof cannot be read, and history is asked instead: {}", Reason.of(e));
            return false;
        }
    }

    /** @param commit of main, at which it was proven */
    void keep(Environment environment, String pin, String commit) {
        Path file = file(environment, pin);
        if (file == null) {
            return;
        }
        try {
            Files.createDirectories(file.getParent());
            Path unfinished = Files.createTempFile(file.getParent(), "unfinished-", ".tmp");
            Files.writeString(unfinished, text(environment, pin) + "commit: " + commit + "\n");
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.warn("A proof cannot be kept, and history is asked again after a restart: {}", Reason.of(e));
        }
    }

    private @Nullable Path file(Environment environment, String pin) {
        return folder == null
                ? null
                : folder.resolve(
                        Digest.of(text(environment, pin).getBytes(UTF_8)).hex());
    }

    private String text(Environment environment, String pin) {
        return "rules: %s\nrepository: %s\nenvironment: %s\nsigned: %s\npin: %s\n"
                .formatted(RULES, repository, environment, signed, Digest.of(pin.getBytes(UTF_8)));
    }
}
