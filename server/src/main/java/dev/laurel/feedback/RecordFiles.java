package dev.laurel.feedback;

import dev.laurel.program.Reason;
import dev.laurel.store.FeedbackUnavailableException;
import dev.laurel.store.GivenAnswer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Recorded answers as lines of JSON, in files of a few megabytes of which the newest stay. */
final class RecordFiles {
    private static final Logger LOG = LoggerFactory.getLogger(RecordFiles.class);
    private static final long LARGEST = 8L << 20;
    private static final int KEPT = 8;

    private final Path folder;
    private long number;
    private long size;

    RecordFiles(Path folder) {
        this.folder = folder;
    }

    void append(Collection<GivenAnswer> answers) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        answers.stream()
                .filter(answer -> answer.columns() != null)
                .forEach(answer -> JournalLine.of(answer).writeTo(bytes));
        if (bytes.size() == 0) {
            return;
        }
        try {
            turn();
            Files.write(file(number), bytes.toByteArray(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            size += bytes.size();
        } catch (IOException e) {
            takeBack();
            throw new FeedbackUnavailableException("%s: cannot be written: %s".formatted(folder, Reason.of(e)), e);
        }
    }

    /** Half a line would spoil the one that is written behind it once there is room again. */
    private void takeBack() {
        if (number == 0) {
            return;
        }
        try (FileChannel half = FileChannel.open(file(number), StandardOpenOption.WRITE)) {
            half.truncate(size);
        } catch (IOException e) {
            LOG.warn("{}: half a line stays: {}", file(number), Reason.of(e));
        }
    }

    private void turn() throws IOException {
        if (number == 0) {
            Files.createDirectories(folder);
        }
        if (number == 0 || size > LARGEST) {
            List<Long> numbers = numbers();
            // A new file for each process: the last line of an older one may be half of one.
            number = (numbers.isEmpty() ? 0 : numbers.get(numbers.size() - 1)) + 1;
            size = 0;
            for (int i = 0; i <= numbers.size() - KEPT; i++) {
                Files.deleteIfExists(file(numbers.get(i)));
            }
        }
    }

    private List<Long> numbers() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.matches("\\d{1,18}\\.jsonl"))
                    .map(name -> Long.valueOf(name.substring(0, name.indexOf('.'))))
                    .sorted()
                    .toList();
        }
    }

    private Path file(long number) {
        return folder.resolve(number + ".jsonl");
    }
}
