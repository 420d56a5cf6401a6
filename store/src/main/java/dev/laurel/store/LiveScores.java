package dev.laurel.store;

/**
 * What live traffic is judged by.
 *
 * @param champion the newest rows that the champion answered since it last became that
 * @param championBeside the rows of which both the champion's and the challenger's answer are known, as the champion answered them
 * @param challengerBeside the same rows, as the challenger did
 */
public record LiveScores(Tally champion, Tally championBeside, Tally challengerBeside) {
    public static final LiveScores NONE = new LiveScores(Tally.NONE, Tally.NONE, Tally.NONE);
}
