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
        return new Random(mixed(mixed(seed) + (part + 1) * GOLDEN_GAMMA));
    }

    private static long mixed(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
