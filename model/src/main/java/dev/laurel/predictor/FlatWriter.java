package dev.laurel.predictor;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes what {@link FlatReader} reads. */
final class FlatWriter {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final ByteBuffer number = ByteBuffer.allocate(Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);

    void unsignedByte(int value) {
        bytes.write(value);
    }

    void number(int value) {
        int rest = value;
        while (rest > 0x7f) {
            bytes.write((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        bytes.write(rest);
    }

    void doubles(double[] values) {
        for (double value : values) {
            bytes.writeBytes(number.putDouble(0, value).array());
        }
    }

    void name(String name) {
        byte[] text = name.getBytes(StandardCharsets.US_ASCII);
        bytes.write(text.length);
        bytes.writeBytes(text);
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }
}
