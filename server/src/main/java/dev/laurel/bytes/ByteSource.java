package dev.laurel.bytes;

import dev.laurel.git.lfs.LfsPointer;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Somebody who may have bytes, and may be away, slow, or lie. */
interface ByteSource {
    /** The kind, for metrics: one of a few words. */
    String kind();

    /** The places to ask, in order; of a mirror it is one, of siblings as many as there are just now. */
    List<Place> places() throws IOException;

    /** One place. */
    interface Place {
        /** For people: with its address. */
        String name();

        /**
         * Opens the bytes, which nobody has verified.
         *
         * @throws java.io.FileNotFoundException when it says that it has none
         * @throws SlowException when it takes too long; also while reading
         */
        InputStream open(LfsPointer pointer) throws IOException;
    }
}
