package dev.laurel.http;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.UUID;

/**
 * Ids that nobody can guess, as {@link UUID#randomUUID} makes them (RFC 9562, version 4): whoever knows one may tell what became of its
 * request. All threads share one source of randomness, so each takes enough of it for many ids at a time.
 */
final class RandomIds {
    private static final SecureRandom SOURCE = new SecureRandom();
    private static final int LENGTH = 16;
    private static final int AT_ONCE = 64;

    private static final ThreadLocal<ByteBuffer> TAKEN = ThreadLocal.withInitial(() -> ByteBuffer.wrap(new byte[0]));

    private RandomIds() {}

    static String next() {
        ByteBuffer taken = TAKEN.get();
        if (!taken.hasRemaining()) {
            byte[] more = new byte[AT_ONCE * LENGTH];
            SOURCE.nextBytes(more);
            taken = ByteBuffer.wrap(more);
            TAKEN.set(taken);
        }
        long high = (taken.getLong() & ~0xf000L) | 0x4000L;
        long low = (taken.getLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }
}
