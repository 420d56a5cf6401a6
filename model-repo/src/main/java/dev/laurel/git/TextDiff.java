package dev.laurel.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;

/** Two texts line by line, as {@code git diff} shows them. */
public final class TextDiff {
    private TextDiff() {}

    /** The unified diff of a file that may be missing on one side, where its text is empty; no lines for the same text. */
    public static String unified(String path, byte[] before, byte[] after) {
        if (RawText.isBinary(before) || RawText.isBinary(after)) {
            return "Binary files a/%s and b/%s differ\n".formatted(path, path);
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        RawText old = new RawText(before);
        RawText now = new RawText(after);
        try (DiffFormatter formatter = new DiffFormatter(text)) {
            formatter.format(new HistogramDiff().diff(RawTextComparator.DEFAULT, old, now), old, now);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "--- a/%s\n+++ b/%s\n%s".formatted(path, path, text.toString(UTF_8));
    }
}
