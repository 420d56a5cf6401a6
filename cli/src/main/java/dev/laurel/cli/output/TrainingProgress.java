package dev.laurel.cli.output;

import dev.laurel.run.Progress;
import java.io.PrintWriter;
import java.util.function.Consumer;

/** The lines of a run, and below them on a terminal a bar of the trials that are done. */
public final class TrainingProgress implements Progress, AutoCloseable {
    private final Consumer<String> lines;
    private final ProgressLine bar;

    public TrainingProgress(Consumer<String> lines, PrintWriter err) {
        this.lines = lines;
        this.bar = new ProgressLine("searching", err);
    }

    @Override
    public void line(String text) {
        bar.close();
        lines.accept(text);
    }

    @Override
    public void trials(int done, int most) {
        if (most > 1) {
            bar.show((double) done / most, "%s of %s trials".formatted(done, most));
        }
    }

    @Override
    public void close() {
        bar.close();
    }
}
