package dev.laurel.cli.predict;

import dev.laurel.model.InvalidValueException;
import dev.laurel.model.Shard;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The parts of all shards, a block of the first, one of the second, and so on: the blocks of one process in its order. */
final class JoinedParts implements AutoCloseable {
    private static final int LONGEST_LINE = 1000;

    private final List<Part> parts = new ArrayList<>();

    private JoinedParts() {}

    /** What the parts came to. */
    record Joined(String model, long blocks, long rejected, String seen) {}

    /** The shards whose parts are not there yet. */
    static List<Integer> missing(String to, int shards) {
        return IntStream.range(0, shards)
                .filter(number -> !Files.isReadable(Path.of(PartFile.name(to, new Shard(number, shards)))))
                .boxed()
                .toList();
    }

    /** @throws InvalidValueException when one is not there, is none, or is of another model, version or number of shards than the first */
    static JoinedParts open(String to, int shards) throws IOException {
        JoinedParts joined = new JoinedParts();
        try {
            for (int i = 0; i < shards; i++) {
                joined.parts.add(new Part(PartFile.name(to, new Shard(i, shards)), i, shards));
            }
            Part first = joined.parts.get(0);
            for (Part part : joined.parts) {
                part.expect(part.model.equals(first.model), part.model, first.model + ", as in " + first.name);
            }
            return joined;
        } catch (IOException | RuntimeException e) {
            joined.close();
            throw e;
        }
    }

    /** Writes all blocks, none of them where the parts do not belong together in the end. */
    Joined write(BatchFile predictions, RejectedRows rejected) throws IOException {
        predictions.write(parts.get(0).header);
        long blocks = 0;
        Part next = parts.get(0);
        while (next.isBlock()) {
            predictions.write(next.bytes(next.predictions));
            rejected.add(next.bytes(next.rejections), next.rejected);
            next.advance();
            blocks++;
            next = parts.get((int) (blocks % parts.size()));
        }
        String seen = parts.get(0).end();
        for (Part part : parts) {
            part.expect(
                    !part.isBlock(),
                    "more blocks",
                    "its end here, as the parts before it end; it may be one of another file of rows");
            part.expect(
                    part.end().equals(seen),
                    part.end(),
                    seen + ", as in " + parts.get(0).name
                            + "; the rows have changed between the shards: do them again");
        }
        return new Joined(parts.get(0).model, blocks, rejected.count(), seen);
    }

    @Override
    public void close() throws IOException {
        for (Part part : parts) {
            part.bytes.close();
        }
    }

    /** One file, read from its beginning to its end. */
    private static final class Part {
        final String name;
        final String model;
        final byte[] header;
        private final DataInputStream bytes;
        private final List<String> words = new ArrayList<>();
        private int read;
        int predictions;
        int rejections;
        int rejected;

        Part(String name, int number, int of) throws IOException {
            this.name = name;
            Path path = Path.of(name);
            if (!Files.isReadable(path)) {
                throw new InvalidValueException(
                        "part", name, "a file that can be read; run shard %s again".formatted(number));
            }
            this.bytes = new DataInputStream(new BufferedInputStream(Files.newInputStream(path), 1 << 16));
            try {
                String first = line();
                expect(first.startsWith(PartFile.FORMAT + ": "), first, PartFile.FORMAT);
                this.model = first.substring(PartFile.FORMAT.length() + 2);
                String shard = line();
                expect(shard.equals(number + " of " + of), shard, number + " of " + of);
                String size = line();
                expect(size.startsWith(PartFile.HEADER + " "), size, PartFile.HEADER);
                this.header = bytes(number(size.substring(PartFile.HEADER.length() + 1)));
                advance();
            } catch (IOException | RuntimeException e) {
                bytes.close();
                throw e;
            }
        }

        boolean isBlock() {
            return words.get(0).equals(PartFile.BLOCK);
        }

        /** What was read in all. */
        String end() {
            return String.join(" ", words.subList(2, words.size()));
        }

        void advance() throws IOException {
            words.clear();
            words.addAll(List.of(line().split(" ", -1)));
            if (isBlock()) {
                expect(words.size() == 4, words, "a block with three numbers");
                predictions = number(words.get(1));
                rejections = number(words.get(2));
                rejected = number(words.get(3));
                read++;
            } else {
                expect(words.get(0).equals(PartFile.END) && words.size() > 2, words.get(0), "block or end");
                expect(number(words.get(1)) == read, words.get(1) + " blocks", read + ", as it has");
                expect(bytes.read() < 0, "more after its end", "a whole part, and nothing else");
            }
        }

        byte[] bytes(int count) throws IOException {
            byte[] read = bytes.readNBytes(count);
            expect(read.length == count, "cut off", "a whole part");
            return read;
        }

        private String line() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            try {
                for (byte next = bytes.readByte(); next != '\n'; next = bytes.readByte()) {
                    line.write(next);
                    expect(
                            line.size() < LONGEST_LINE,
                            "a line without end",
                            "a part that laurel predict --shards wrote");
                }
            } catch (EOFException e) {
                expect(false, "cut off", "a whole part");
            }
            return line.toString(StandardCharsets.UTF_8);
        }

        private int number(String text) {
            try {
                int number = Integer.parseInt(text);
                expect(number >= 0, text, "a number, 0 or more");
                return number;
            } catch (NumberFormatException e) {
                throw wrong(text, "a number, 0 or more");
            }
        }

        void expect(boolean holds, Object found, String expected) {
            if (!holds) {
                throw wrong(found, expected);
            }
        }

        private InvalidValueException wrong(@Nullable Object found, String expected) {
            return new InvalidValueException(name, String.valueOf(found), expected);
        }
    }
}
