package dev.laurel.predictor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Reads the parts of a predictor. Every length is held against the bytes that are left before anything is allocated. */
final class FlatReader {
    private final ByteBuffer bytes;

    FlatReader(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** @throws InvalidModelFileException when something is left */
    void expectEnd() {
        expect(!bytes.hasRemaining(), bytes.remaining() + " bytes after the end");
    }

    int unsignedByte() {
        need(1);
        return bytes.get() & 0xff;
    }

    /** An unsigned LEB128 number: seven bits a byte, the lowest first, the eighth bit set where more follow. */
    int number() {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int next = unsignedByte();
            // Of the fifth byte three bits fit into an int that is not negative; a last byte of zero would be a second
            // form.
            if ((shift == 28 && next > 7) || (shift > 0 && next == 0)) {
                break;
            }
            value |= (next & 0x7f) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new InvalidModelFileException("predictor: a number that is too large, or not in its shortest form");
    }

    /** A number of things, each of which takes at least so many bytes. */
    int count(int bytesEach) {
        int count = number();
        expect(
                count <= bytes.remaining() / bytesEach,
                "%s parts of %s bytes (there are %s bytes left)".formatted(count, bytesEach, bytes.remaining()));
        return count;
    }

    /** Eight bytes each, IEEE 754, finite. */
    double[] doubles(int count) {
        need(8L * count);
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = bytes.getDouble();
            expect(Double.isFinite(values[i]), values[i] + " (expected: a finite number)");
        }
        return values;
    }

    /** Its length in one byte, then ASCII. */
    String name() {
        int length = unsignedByte();
        need(length);
        byte[] text = new byte[length];
        bytes.get(text);
        return new String(text, StandardCharsets.US_ASCII);
    }

    private void need(long count) {
        expect(count <= bytes.remaining(), "it ends too early");
    }

    static void expect(boolean holds, String problem) {
        if (!holds) {
            throw new InvalidModelFileException("predictor: " + problem);
        }
    }
}
