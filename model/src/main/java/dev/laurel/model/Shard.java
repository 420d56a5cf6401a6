package dev.laurel.model;

/**
 * One of several parts of a piece of work, each of which may be done anywhere, and again. What is to be done is numbered from 0; a shard has
 * every so-manieth of it, so that nobody has to know how much there is, and what is added at the end moves nothing.
 *
 * @param number from 0
 * @param of how many shards there are
 */
public record Shard(int number, int of) {
    public static final int MOST = 10_000;

    /** All of it. */
    public static final Shard WHOLE = new Shard(0, 1);

    public Shard {
        Expect.range("shards", of, 1, MOST);
        Expect.range("shard", number, 0, of - 1);
    }

    public boolean has(long item) {
        return item % of == number;
    }

    public boolean isWhole() {
        return of == 1;
    }

    /** {@code 3-of-50}, counted from 0, as in names of files. */
    @Override
    public String toString() {
        return number + "-of-" + of;
    }
}
