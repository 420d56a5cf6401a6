package dev.laurel.feedback;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.laurel.feedback.Ledger.Entry;
import dev.laurel.model.Digest;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import dev.laurel.store.GivenAnswer;
import dev.laurel.store.Subject;
import dev.laurel.store.Truth;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The newest entries, so many of them, as bytes in a few large blocks. As objects they would take more than twice the memory; and since each lives
 * just long enough to be moved among what is old, a heap would grow by all of them until all of it is collected. For one thread.
 */
final class PackedEntries {
    private static final int BLOCK = 1 << 16;
    private static final int NONE = -1;
    private static final int LONG = 255;

    private final int most;
    /** Oldest first. Entries that are taken leave holes, which are given back with their block. */
    private final Deque<Block> blocks = new ArrayDeque<>();

    private @Nullable Block spare;
    private final Packed packed = new Packed();
    private final DataOutputStream into = new DataOutputStream(packed);
    /** The newest entry of each chain, by what its subject's hash ends with. */
    private final int[] newest;
    /** By the number of an entry: the one before it in its chain. */
    private final int[] before;

    private final int[] hashes;
    private final int[] starts;
    private final @Nullable Block[] places;
    /** Numbers go round; from here on those that were given, of entries and of holes. */
    private int oldest;

    private int used;
    private int size;

    private static final class Block {
        private byte[] bytes;
        private int end;
        private int entries;

        Block(int length) {
            bytes = new byte[length];
        }
    }

    private static final class Packed extends ByteArrayOutputStream {
        void copyTo(Block block) {
            System.arraycopy(buf, 0, block.bytes, block.end, count);
            block.end += count;
        }
    }

    PackedEntries(int most) {
        this.most = most;
        int chains = Integer.highestOneBit(Math.max(1, most)) * 2;
        newest = new int[chains];
        Arrays.fill(newest, NONE);
        // As many holes as entries before they are closed: so what is held is bounded, and to close one costs little.
        before = new int[2 * most];
        hashes = new int[2 * most];
        starts = new int[2 * most];
        places = new Block[2 * most];
    }

    int size() {
        return size;
    }

    /** As the newest one; the oldest goes where there are too many. The subject has none yet. */
    void add(Subject subject, Entry entry) {
        if (size == most) {
            forgetOldest();
        }
        if (used == places.length) {
            closeHoles();
        }
        packed.reset();
        try {
            write(subject, entry);
        } catch (IOException e) {
            throw new UncheckedIOException("bytes can always be written", e);
        }
        Block block = room(packed.size());
        int number = (oldest + used) % places.length;
        int hash = subject.hashCode();
        hashes[number] = hash;
        starts[number] = block.end;
        places[number] = block;
        before[number] = newest[chain(hash)];
        newest[chain(hash)] = number;
        packed.copyTo(block);
        block.entries++;
        used++;
        size++;
    }

    /** Removes what is known of a subject. */
    @Nullable
    Entry take(Subject subject) {
        int hash = subject.hashCode();
        for (int number = newest[chain(hash)]; number != NONE; number = before[number]) {
            if (hashes[number] == hash) {
                Map.Entry<Subject, Entry> found = read(number);
                if (found.getKey().equals(subject)) {
                    remove(number);
                    return found.getValue();
                }
            }
        }
        return null;
    }

    /** All of them, oldest first, one at a time: as objects they would not be small. */
    void forEach(BiConsumer<Subject, Entry> action) {
        for (int i = 0; i < used; i++) {
            int number = (oldest + i) % places.length;
            if (places[number] != null) {
                Map.Entry<Subject, Entry> each = read(number);
                action.accept(each.getKey(), each.getValue());
            }
        }
    }

    private int chain(int hash) {
        return (hash ^ (hash >>> 16)) & (newest.length - 1);
    }

    private Block room(int length) {
        Block last = blocks.peekLast();
        if (last != null && last.bytes.length - last.end >= length) {
            return last;
        }
        Block next = spare;
        if (next == null || length > next.bytes.length) {
            next = new Block(Math.max(BLOCK, length));
        } else {
            spare = null;
        }
        blocks.addLast(next);
        return next;
    }

    private void forgetOldest() {
        while (places[oldest] == null) {
            passOldest();
        }
        remove(oldest);
        passOldest();
    }

    private void passOldest() {
        oldest = (oldest + 1) % places.length;
        used--;
    }

    private void closeHoles() {
        PackedEntries closed = new PackedEntries(most);
        forEach(closed::add);
        System.arraycopy(closed.newest, 0, newest, 0, newest.length);
        System.arraycopy(closed.before, 0, before, 0, before.length);
        System.arraycopy(closed.hashes, 0, hashes, 0, hashes.length);
        System.arraycopy(closed.starts, 0, starts, 0, starts.length);
        System.arraycopy(closed.places, 0, places, 0, places.length);
        blocks.clear();
        blocks.addAll(closed.blocks);
        oldest = 0;
        used = closed.used;
        size = closed.size;
    }

    private void remove(int number) {
        int chain = chain(hashes[number]);
        if (newest[chain] == number) {
            newest[chain] = before[number];
        } else {
            int later = newest[chain];
            while (before[later] != number) {
                later = before[later];
            }
            before[later] = before[number];
        }
        Block block = places[number];
        places[number] = null;
        size--;
        if (block != null && --block.entries == 0 && block != blocks.peekLast()) {
            blocks.remove(block);
            block.end = 0;
            spare = block.bytes.length == BLOCK ? block : spare;
        }
    }

    private Map.Entry<Subject, Entry> read(int number) {
        Block block = places[number];
        if (block == null) {
            throw new IllegalStateException("no entry there");
        }
        try {
            return read(new DataInputStream(
                    new ByteArrayInputStream(block.bytes, starts[number], block.end - starts[number])));
        } catch (IOException e) {
            throw new UncheckedIOException("what was written can be read", e);
        }
    }

    private void write(Subject subject, Entry entry) throws IOException {
        text(subject.model().value());
        into.writeBoolean(subject.about() == Subject.About.KEY);
        text(subject.name());
        into.writeInt(subject.place());
        Truth truth = entry.truth();
        into.writeBoolean(truth != null);
        if (truth != null) {
            text(truth.actual());
            number(truth.value());
            instant(truth.at());
        }
        into.writeByte(entry.answers().size());
        for (GivenAnswer answer : entry.answers()) {
            boolean named = subject.about() == Subject.About.REQUEST;
            if (!named) {
                text(answer.requestId());
                into.writeInt(answer.place());
            }
            text(answer.role());
            into.writeInt(answer.version().number());
            text(answer.digest().toString());
            into.writeBoolean(answer.key() != null);
            if (answer.key() != null) {
                text(answer.key());
            }
            text(answer.predicted());
            number(answer.value());
            number(answer.probability());
            instant(answer.at());
        }
    }

    private static Map.Entry<Subject, Entry> read(DataInputStream from) throws IOException {
        ModelName model = new ModelName(text(from));
        Subject.About about = from.readBoolean() ? Subject.About.KEY : Subject.About.REQUEST;
        Subject subject = new Subject(model, about, text(from), from.readInt());
        Entry entry = new Entry();
        if (from.readBoolean()) {
            entry.tell(new Truth(subject, text(from), number(from), instant(from)));
        }
        int answers = from.readByte();
        for (int i = 0; i < answers; i++) {
            boolean named = about == Subject.About.REQUEST;
            entry.put(new GivenAnswer(
                    model,
                    named ? subject.name() : text(from),
                    named ? subject.place() : from.readInt(),
                    text(from),
                    new Version(from.readInt()),
                    Digest.parse(text(from)),
                    from.readBoolean() ? text(from) : null,
                    text(from),
                    number(from),
                    number(from),
                    null,
                    instant(from)));
        }
        return Map.entry(subject, entry);
    }

    private void text(String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        // Nearly all are short.
        into.writeByte(Math.min(bytes.length, LONG));
        if (bytes.length >= LONG) {
            into.writeInt(bytes.length);
        }
        into.write(bytes);
    }

    private static String text(DataInputStream from) throws IOException {
        int length = from.readUnsignedByte();
        return new String(from.readNBytes(length == LONG ? from.readInt() : length), UTF_8);
    }

    private void number(@Nullable Double number) throws IOException {
        into.writeBoolean(number != null);
        if (number != null) {
            into.writeDouble(number);
        }
    }

    private static @Nullable Double number(DataInputStream from) throws IOException {
        return from.readBoolean() ? from.readDouble() : null;
    }

    private void instant(Instant instant) throws IOException {
        into.writeLong(instant.getEpochSecond());
        into.writeInt(instant.getNano());
    }

    private static Instant instant(DataInputStream from) throws IOException {
        return Instant.ofEpochSecond(from.readLong(), from.readInt());
    }
}
