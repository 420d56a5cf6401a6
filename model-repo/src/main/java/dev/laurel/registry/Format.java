package dev.laurel.registry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.git.Commit;
import dev.laurel.model.Expect;
import dev.laurel.yaml.InvalidDocumentException;
import dev.laurel.yaml.Yaml;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code laurel.yaml}: by its presence a repository is one of ours, by its version we know how to read it.
 *
 * @param forge where the repository has its pull requests; absent when its address tells, or it has none
 * @param signers who may sign commits on main; absent where nobody has to
 */
record Format(
        int formatVersion,
        @Nullable ForgeAddress forge,
        @Nullable List<Signer> signers) {
    static final Format CURRENT = new Format(1, null, null);

    static Format on(ForgeAddress forge) {
        return new Format(CURRENT.formatVersion, forge, null);
    }

    Format {
        Expect.range("format_version", formatVersion, 1, 1);
        if (signers != null) {
            signers = List.copyOf(signers);
            Expect.that(
                    signers.stream().anyMatch(signer -> signer.may(Role.MAINTAIN)),
                    "signers",
                    "none who may maintain",
                    "one at least, since nobody else could ever change this file; or no list, where nobody has to sign");
        }
    }

    /**
     * @return empty when there is no such file
     * @throws RegistryException when the repository is of a format that is not known here
     */
    static Optional<Format> of(Commit commit) throws IOException {
        Optional<byte[]> file = commit.file(Layout.FORMAT);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Yaml.read(file.get(), Layout.FORMAT, Format.class));
        } catch (InvalidDocumentException e) {
            // A later format may well have keys of which the strict reader speaks first.
            JsonNode version =
                    Yaml.read(file.get(), Layout.FORMAT, JsonNode.class).path("format_version");
            if (version.isInt() && version.asInt() != CURRENT.formatVersion) {
                throw new RegistryException("%s: format_version: %s (expected: %s; %s)"
                        .formatted(
                                Layout.FORMAT,
                                version.asInt(),
                                CURRENT.formatVersion,
                                version.asInt() < CURRENT.formatVersion
                                        ? "a Laurel before 0.1.0 wrote it: make a new repository with `laurel init`, and train the models again"
                                        : "a newer Laurel reads newer formats"));
            }
            throw e;
        }
    }
}
