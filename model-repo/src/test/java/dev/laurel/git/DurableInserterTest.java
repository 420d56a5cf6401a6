package dev.laurel.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.TreeFormatter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurableInserterTest {
    @TempDir
    Path folder;

    /** A long one has another way through JGit. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2000})
    void aFolderThatIsThereIsNeededFromNowOn(int entries) throws IOException {
        ObjectId id = insert(entries);
        Path file = folder.resolve("objects")
                .resolve(id.name().substring(0, 2))
                .resolve(id.name().substring(2));
        FileTime weeksAgo = FileTime.from(Instant.now().minus(Duration.ofDays(20)));
        Files.setLastModifiedTime(file, weeksAgo);

        assertThat(insert(entries)).isEqualTo(id);

        assertThat(Files.getLastModifiedTime(file)).isGreaterThan(weeksAgo);
    }

    private ObjectId insert(int entries) throws IOException {
        TreeFormatter tree = new TreeFormatter();
        for (int number = 0; number < entries; number++) {
            tree.append("v%05d".formatted(number), FileMode.REGULAR_FILE, ObjectId.zeroId());
        }
        try (BareRepository repository = Files.exists(folder.resolve("objects"))
                        ? BareRepository.open(folder).orElseThrow()
                        : BareRepository.init(folder);
                DurableInserter inserter = new DurableInserter(repository.repository())) {
            ObjectId id = inserter.insert(tree);
            inserter.flush();
            return id;
        }
    }
}
