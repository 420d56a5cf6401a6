package dev.laurel.feedback;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import dev.laurel.program.Reason;
import dev.laurel.program.SoleUse;
import dev.laurel.store.FeedbackStore;
import dev.laurel.store.FeedbackUnavailableException;
import dev.laurel.store.GivenAnswer;
import dev.laurel.store.LiveScores;
import dev.laurel.store.Score;
import dev.laurel.store.TellOutcome;
import dev.laurel.store.Truth;
import dev.laurel.store.Waiting;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feedback in a folder, for one server. What is told is on the disk before it is acknowledged; answers that wait are written soon after
 * they were given. The journal is appended to, and written anew from what is still known before it grows large; the new one takes the place
 * of the old one in one step, and a line that a crash cut off is passed over.
 */
final class FeedbackFiles implements FeedbackStore {
    private static final Logger LOG = LoggerFactory.getLogger(FeedbackFiles.class);
    private static final long SMALL = 16L << 20;
    private static final int CHUNK = 1 << 20;

    private final Path folder;
    private final Path journal;
    private final SoleUse lock;
    private final Ledger ledger = new Ledger();
    private final RecordFiles records;
    private FileChannel channel;
    private long size;
    private long largest;

    private FeedbackFiles(Path folder) throws IOException {
        this.folder = folder;
        this.journal = folder.resolve("journal.jsonl");
        this.records = new RecordFiles(folder.resolve("records"));
        Files.createDirectories(folder);
        lock = SoleUse.of(folder.resolve("lock"))
                .orElseThrow(() -> new IOException("another server keeps its feedback there"));
        try {
            read();
            channel = rewritten();
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** @throws FeedbackUnavailableException when it cannot be written, or another server keeps its own there */
    static FeedbackFiles in(Path folder) {
        try {
            return new FeedbackFiles(folder);
        } catch (IOException e) {
            throw new FeedbackUnavailableException("%s: cannot be used: %s".formatted(folder, Reason.of(e)), e);
        }
    }

    private void read() throws IOException {
        if (!Files.exists(journal)) {
            return;
        }
        long broken = 0;
        // Bytes that are no text are passed over with their line.
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(Files.newInputStream(journal), UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Optional<JournalLine> parsed = JournalLine.parse(line);
                if (parsed.isEmpty() || !parsed.get().applyTo(ledger)) {
                    broken++;
                }
            }
        }
        if (broken > 0) {
            LOG.warn("feedback in {}: {} lines cannot be read and are passed over", journal, broken);
        }
    }

    /** The journal anew, with what is known, in place of the old one. */
    private FileChannel rewritten() throws IOException {
        Path written = folder.resolve("journal.tmp");
        FileChannel fresh = FileChannel.open(
                written, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            ledger.forEach((subject, known) -> {
                known.answers().forEach(answer -> JournalLine.of(answer).writeTo(bytes));
                Truth truth = known.truth();
                if (truth != null) {
                    JournalLine.of(truth).writeTo(bytes);
                }
                if (bytes.size() > CHUNK) {
                    writeUnchecked(fresh, bytes);
                    bytes.reset();
                }
            });
            ledger.reigns().forEach(reign -> JournalLine.of(reign).writeTo(bytes));
            write(fresh, bytes);
            fresh.force(true);
            Files.move(written, journal, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            size = fresh.position();
            largest = Math.max(SMALL, 3 * size);
            return fresh;
        } catch (UncheckedIOException e) {
            fresh.close();
            throw e.getCause();
        } catch (IOException | RuntimeException e) {
            fresh.close();
            throw e;
        }
    }

    private static void writeUnchecked(FileChannel to, ByteArrayOutputStream bytes) {
        try {
            write(to, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(FileChannel to, ByteArrayOutputStream bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes.toByteArray());
        while (buffer.hasRemaining()) {
            to.write(buffer);
        }
    }

    @Override
    public String described() {
        return "files in " + folder;
    }

    @Override
    public boolean isShared() {
        return false;
    }

    @Override
    public synchronized void keep(List<GivenAnswer> answers) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (GivenAnswer answer : answers) {
            JournalLine.of(answer.bare()).writeTo(bytes);
            // The ledger first: what cannot be written can be joined as long as this process lives.
            ledger.add(answer.bare());
        }
        append(bytes, false);
        records.append(answers);
    }

    @Override
    public synchronized List<TellOutcome> tell(List<Truth> truths) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        truths.forEach(truth -> JournalLine.of(truth).writeTo(bytes));
        append(bytes, true);
        return truths.stream().map(ledger::tell).toList();
    }

    /** Whole or not at all. */
    private void append(ByteArrayOutputStream bytes, boolean forGood) {
        try {
            if (size > largest) {
                FileChannel before = channel;
                channel = rewritten();
                before.close();
            }
            write(channel, bytes);
            if (forGood) {
                channel.force(false);
            }
            size = channel.position();
        } catch (IOException e) {
            takeBack();
            throw new FeedbackUnavailableException("%s: cannot be written: %s".formatted(journal, Reason.of(e)), e);
        }
    }

    private void takeBack() {
        try {
            channel.truncate(size);
            channel.position(size);
        } catch (IOException e) {
            LOG.warn("feedback in {}: half a line stays and is passed over: {}", journal, Reason.of(e));
        }
    }

    @Override
    public synchronized List<Score> scores(ModelName model) {
        return ledger.scores(model);
    }

    @Override
    public synchronized List<Waiting> waiting(ModelName model) {
        return ledger.waiting(model);
    }

    @Override
    public synchronized LiveScores live(ModelName model, Version champion, @Nullable Version challenger) {
        return ledger.live(model, champion, challenger);
    }

    @Override
    public synchronized void close() {
        try {
            channel.close();
            // Lets the next one in.
            lock.close();
        } catch (IOException e) {
            LOG.warn("feedback in {}: {}", folder, Reason.of(e));
        }
    }
}
