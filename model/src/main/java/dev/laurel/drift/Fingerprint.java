package dev.laurel.drift;

/** Tells rows apart by their features. */
final class Fingerprint {
    private Fingerprint() {}

    /** The same for the same numbers, and with all likelihood another one for others. */
    static long of(double[] vector) {
        long hash = vector.length;
        for (double value : vector) {
            // 0.0 and -0.0 are the same number.
            hash = mixed(hash ^ Double.doubleToLongBits(value + 0.0));
        }
        return hash;
    }

    /** The finalizer of MurmurHash3, in the variant 13 of Stafford, "Better bit mixing" (2011). */
    private static long mixed(long bits) {
        long z = bits + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
