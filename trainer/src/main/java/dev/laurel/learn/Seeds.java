package dev.laurel.learn;

import java.util.Random;

/**
 * Random numbers for each of many parts of one fit. Neighbouring seeds give {@link Random} neighbouring first numbers, so they are mixed
 * before, by the finaliser of SplitMix64: Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (2014).
 */
final class Seeds {
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private Seeds() {}

    static Random random(long seed, int part) {
        return new OfOneThread(mixed(mixed(seed) + (part + 1) * GOLDEN_GAMMA));
    }

    /** The numbers of {@link Random}, whose documentation says how they come about, for one thread alone, which need not guard them. */
    private static final class OfOneThread extends Random {
        private static final long serialVersionUID = 1;
        private static final long MULTIPLIER = 0x5deece66dL;
        private static final long MASK = (1L << 48) - 1;

        private long state;

        OfOneThread(long seed) {
            super(seed);
        }

        @Override
        @SuppressWarnings("UnsynchronizedOverridesSynchronized") // of one thread
        public void setSeed(long seed) {
            state = (seed ^ MULTIPLIER) & MASK;
        }

        @Override
        protected int next(int bits) {
            state = (state * MULTIPLIER + 0xb) & MASK;
            return (int) (state >>> (48 - bits));
        }
    }

    private static long mixed(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
