package dev.laurel.search;

import dev.laurel.model.Digest;
import dev.laurel.model.Experiment;
import dev.laurel.model.ModelName;
import dev.laurel.yaml.InvalidDocumentException;
import dev.laurel.yaml.Yaml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The finished trials of a search, a file each, so that a search whose process was killed goes on where it was. Each file is written whole or
 * not at all; one that cannot be read is as one that is not there.
 */
public final class KeptTrials {
    /** Keeps nothing. */
    public static final KeptTrials NONE = new KeptTrials(null);

    private static final String FOLDER = "trials";

    private final @Nullable Path folder;

    private KeptTrials(@Nullable Path folder) {
        this.folder = folder;
    }

    /**
     * Those of one search; those of other searches of the model are removed, since nobody will go on with them.
     *
     * @param key of all that a trial depends on
     */
    public static KeptTrials in(Path home, ModelName model, Digest key) {
        Path ofModel = home.resolve(FOLDER).resolve(model.value());
        Path folder = ofModel.resolve(key.hex());
        try (Stream<Path> all = Files.list(ofModel)) {
            all.filter(each -> !each.equals(folder)).forEach(KeptTrials::remove);
        } catch (NoSuchFileException none) {
            return new KeptTrials(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new KeptTrials(folder);
    }

    /** The same where others are at it too, so that nothing of theirs is removed. */
    public static KeptTrials shared(Path home, ModelName model, Digest key) {
        return new KeptTrials(home.resolve(FOLDER).resolve(model.value()).resolve(key.hex()));
    }

    Optional<TrialOutcome> find(int number, Experiment experiment) {
        if (folder == null) {
            return Optional.empty();
        }
        Path file = file(folder, number);
        try {
            return Optional.of(Yaml.read(Files.readAllBytes(file), file.toString(), TrialOutcome.class))
                    .filter(outcome -> outcome.experiment().equals(experiment));
        } catch (IOException | InvalidDocumentException triedAgain) {
            return Optional.empty();
        }
    }

    void keep(int number, TrialOutcome outcome) {
        if (folder == null) {
            return;
        }
        try {
            write(folder, number, Yaml.write(outcome));
        } catch (NoSuchFileException | FileAlreadyExistsException removed) {
            // By another trainer of the model, whose search is over: the folder, also while it was being made. What is
            // kept is for a search that goes on, and not for this one.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path folder, int number, byte[] outcome) throws IOException {
        Files.createDirectories(folder);
        Path part = Files.createTempFile(folder, "part", "");
        Files.write(part, outcome);
        Files.move(part, file(folder, number), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** How many there are. */
    public int count() {
        if (folder == null) {
            return 0;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return (int) files.filter(file -> file.toString().endsWith(".yaml")).count();
        } catch (NoSuchFileException none) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Once what came of the search stands elsewhere. */
    public void forget() {
        if (folder != null) {
            remove(folder);
        }
    }

    private static Path file(Path folder, int number) {
        return folder.resolve(number + ".yaml");
    }

    private static void remove(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException | DirectoryNotEmptyException others) {
            // Another trainer of the model removed it, or keeps a trial there.
        } catch (UncheckedIOException e) {
            if (!(e.getCause() instanceof NoSuchFileException)) {
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
