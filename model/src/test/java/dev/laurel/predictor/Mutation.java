package dev.laurel.predictor;

import java.util.Arrays;
import java.util.Random;

/** What may become of bytes, by accident or by intent. */
enum Mutation {
    FLIP_BITS {
        @Override
        byte[] of(byte[] bytes, byte[] other, Random random) {
            byte[] mutated = bytes.clone();
            for (int i = random.nextInt(4); i >= 0 && mutated.length > 0; i--) {
                mutated[random.nextInt(mutated.length)] ^= (byte) (1 << random.nextInt(8));
            }
            return mutated;
        }
    },
    OVERWRITE {
        @Override
        byte[] of(byte[] bytes, byte[] other, Random random) {
            byte[] mutated = bytes.clone();
            for (int i = random.nextInt(4); i >= 0 && mutated.length > 0; i--) {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
            }
            return mutated;
        }
    },
    TRUNCATE {
        @Override
        byte[] of(byte[] bytes, byte[] other, Random random) {
            return Arrays.copyOf(bytes, random.nextInt(bytes.length));
        }
    },
    EXTEND {
        @Override
        byte[] of(byte[] bytes, byte[] other, Random random) {
            return Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(bytes.length));
        }
    },
    /** A length, a count or a place that is far too large, or just so. */
    LENGTHS {
        @Override
        byte[] of(byte[] bytes, byte[] other, Random random) {
            byte[] length = LARGE[random.nextInt(LARGE.length)];
            byte[] mutated = bytes.clone();
            int at = random.nextInt(mutated.length);
            System.arraycopy(length, 0, mutated, at, Math.min(length.length, mutated.length - at));
            return mutated;
        }
    },
    /** The same in the place of one byte, so that what follows still is what it was. */
    LENGTHENED {
        @Override
        byte[] of(byte[] bytes, byte[] other, Random random) {
            int at = random.nextInt(bytes.length);
            return joined(
                    Arrays.copyOf(bytes, at),
                    LARGE[random.nextInt(LARGE.length)],
                    Arrays.copyOfRange(bytes, at + 1, bytes.length));
        }
    },
    SWAP {
        @Override
        byte[] of(byte[] bytes, byte[] other, Random random) {
            int length = 1 + random.nextInt(Math.max(1, bytes.length / 4));
            int first = random.nextInt(bytes.length - length + 1);
            int second = random.nextInt(bytes.length - length + 1);
            byte[] mutated = bytes.clone();
            System.arraycopy(bytes, first, mutated, second, length);
            System.arraycopy(bytes, second, mutated, first, length);
            return mutated;
        }
    },
    REPEAT {
        @Override
        byte[] of(byte[] bytes, byte[] other, Random random) {
            int from = random.nextInt(bytes.length);
            int to = from + random.nextInt(bytes.length - from + 1);
            return joined(Arrays.copyOf(bytes, to), Arrays.copyOfRange(bytes, from, bytes.length));
        }
    },
    LEAVE_OUT {
        @Override
        byte[] of(byte[] bytes, byte[] other, Random random) {
            int from = random.nextInt(bytes.length);
            int to = from + random.nextInt(bytes.length - from + 1);
            return joined(Arrays.copyOf(bytes, from), Arrays.copyOfRange(bytes, to, bytes.length));
        }
    },
    /** The beginning of one and the end of the other. */
    SPLICE {
        @Override
        byte[] of(byte[] bytes, byte[] other, Random random) {
            return joined(
                    Arrays.copyOf(bytes, random.nextInt(bytes.length)),
                    Arrays.copyOfRange(other, random.nextInt(other.length), other.length));
        }
    },
    /** The header of one, and all else of the other. */
    OTHER_HEAD {
        @Override
        byte[] of(byte[] bytes, byte[] other, Random random) {
            int head = Math.min(Math.min(bytes.length, other.length), 18 + random.nextInt(20));
            return joined(Arrays.copyOf(bytes, head), Arrays.copyOfRange(other, head, other.length));
        }
    };

    /** In LEB128 and in four bytes, the lowest first. */
    private static final byte[][] LARGE = {
        {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x07},
        {(byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7f},
        {(byte) 0xff, (byte) 0xff, 0x03},
        {(byte) 0xff, 0x7f},
        {0x7f},
        {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff},
        {0, 0, 0, (byte) 0x80},
        {0, 0, 0, 0x10},
        {0}
    };

    /**
     * @param bytes at least one
     * @param other of another kind, at least one
     */
    abstract byte[] of(byte[] bytes, byte[] other, Random random);

    static byte[] any(byte[] bytes, byte[] other, Random random) {
        return values()[random.nextInt(values().length)].of(bytes, other, random);
    }

    private static byte[] joined(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] joined = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, joined, at, part.length);
            at += part.length;
        }
        return joined;
    }
}
