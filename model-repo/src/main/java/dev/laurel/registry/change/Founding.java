package dev.laurel.registry.change;

import dev.laurel.git.BareRepository;
import dev.laurel.git.TreeChanges;
import dev.laurel.git.host.Access;
import dev.laurel.git.host.Location;
import dev.laurel.git.mirror.Mirror;
import dev.laurel.program.Reason;
import dev.laurel.registry.layout.Layout;
import dev.laurel.registry.outcome.Beginning;
import dev.laurel.registry.outcome.RegistryException;
import dev.laurel.registry.sign.Format;
import dev.laurel.registry.view.Author;
import dev.laurel.yaml.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Lays down a models repository: its first commit, in a repository that has none. */
public final class Founding {
    private final Beginning beginning;
    private final Author author;

    public Founding(Beginning beginning, Author author) {
        this.beginning = beginning;
        this.author = author;
    }

    /**
     * In an empty or missing folder, where it appears whole or not at all; or in an empty bare repository.
     *
     * @return the folder, absolute
     * @throws RegistryException when the folder is not empty or cannot be written
     */
    public Path in(Path bare) {
        Path folder = bare.toAbsolutePath().normalize();
        try {
            Optional<BareRepository> empty = emptyRepository(folder);
            if (empty.isPresent()) {
                try (BareRepository repository = empty.get()) {
                    layDownAlone(repository, folder);
                }
                return folder;
            }
            expectEmpty(folder);
            Path parent = Files.createDirectories(folder.getParent());
            Path building = parent.resolve("." + folder.getFileName() + "-" + UUID.randomUUID());
            try {
                build(building);
                Files.deleteIfExists(folder);
                Files.move(building, folder, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                deleteTree(building);
            }
        } catch (IOException e) {
            throw new RegistryException(
                    "%s: cannot be made a models repository: %s (choose a folder that you can write)"
                            .formatted(folder, Reason.of(e)),
                    e);
        }
        return folder;
    }

    /** In a repository on a Git host. @throws RegistryException when that has a commit on main already, or cannot be reached */
    public void on(Location.Remote where, Access access) {
        try (BareRepository repository = Mirror.open(where, access)) {
            if (repository.main().isPresent() || !layDown(repository)) {
                throw new RegistryException(
                        where
                                + ": has a branch main already (expected: an empty repository; choose another, or open what is there)");
            }
        } catch (IOException e) {
            throw new RegistryException("%s: cannot be made a models repository: %s".formatted(where, Reason.of(e)), e);
        }
    }

    private static Optional<BareRepository> emptyRepository(Path folder) {
        try {
            return BareRepository.openEmpty(folder);
        } catch (IOException e) {
            throw new RegistryException(
                    "%s: %s; choose another, or open what is there, to which `laurel upgrade --env NAME` adds an environment"
                            .formatted(folder, Reason.of(e)),
                    e);
        }
    }

    private static void expectEmpty(Path folder) throws IOException {
        if (Files.exists(folder)) {
            if (!Files.isDirectory(folder)) {
                throw new RegistryException(folder + ": is a file (expected: an empty or missing folder)");
            }
            try (Stream<Path> files = Files.list(folder)) {
                if (files.findAny().isPresent()) {
                    throw new RegistryException(
                            folder
                                    + ": is not empty (expected: an empty or missing folder, or an empty bare repository; choose another, or open what is there)");
                }
            }
        }
    }

    private void build(Path folder) throws IOException {
        try (BareRepository repository = BareRepository.init(folder)) {
            layDownAlone(repository, folder);
        }
    }

    private void layDownAlone(BareRepository repository, Path folder) throws IOException {
        if (!layDown(repository)) {
            throw new IOException("somebody else writes in " + folder);
        }
    }

    private boolean layDown(BareRepository repository) throws IOException {
        return repository
                .commit(null, files(), message().toString(), author.name(), author.email(), author.key())
                .isPresent();
    }

    private TreeChanges files() {
        TreeChanges files = Layout.initial(beginning.definitions());
        files.put(Layout.FORMAT, Yaml.write(Format.on(beginning.forge())));
        beginning.more().forEach(files::put);
        return files;
    }

    private CommitMessage message() {
        CommitMessage message = new CommitMessage("Lay down the models repository");
        beginning.definitions().keySet().forEach(model -> message.trailer("Model", model));
        return message;
    }

    private static void deleteTree(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
