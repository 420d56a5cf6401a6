package dev.laurel.cli.predict;

import dev.laurel.model.Shard;
import dev.laurel.source.RowBlock;
import dev.laurel.source.RowStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Reads blocks one after another, answers for several of them side by side, and writes the answers in the order of the rows. */
final class BatchRun {
    private static final int CORES = Runtime.getRuntime().availableProcessors();

    private final RowStream rows;
    private final BatchAnswers answers;
    private final Rejections rejected;
    private final Consumer<RowBlock> observer;
    private final LongConsumer progress;
    private final Queue<Future<BatchAnswers.Answered>> underWay = new ArrayDeque<>();
    private final Shard shard;
    private long count;
    private long passed;
    private long block;

    /**
     * @param shard which blocks are answered for
     * @param observer sees each block, in the order of the rows
     * @param progress is told how many rows were done
     */
    BatchRun(
            Shard shard,
            RowStream rows,
            BatchAnswers answers,
            Rejections rejected,
            Consumer<RowBlock> observer,
            LongConsumer progress) {
        this.shard = shard;
        this.rows = rows;
        this.answers = answers;
        this.rejected = rejected;
        this.observer = observer;
        this.progress = progress;
    }

    /** The rows that there were, rejected ones too, and those of other shards too. */
    long all() {
        return count + passed;
    }

    /** The rows that were this shard's, rejected ones too. */
    long run() throws IOException {
        ExecutorService workers = Executors.newFixedThreadPool(CORES);
        try {
            for (RowBlock next = next(); next != null; next = next()) {
                RowBlock taken = next;
                underWay.add(workers.submit(() -> answers.answer(taken)));
                observer.accept(taken);
                // No more than keeps all cores busy, so that memory does not depend on how many rows there are.
                if (underWay.size() > CORES) {
                    write();
                }
            }
            while (!underWay.isEmpty()) {
                write();
            }
            return count;
        } finally {
            workers.shutdownNow();
        }
    }

    /** The next block of this shard; null after the last. */
    private @Nullable RowBlock next() throws IOException {
        for (; !shard.has(block); block++) {
            int others = rows.skip();
            passed += others;
            if (others == 0) {
                return null;
            }
        }
        block++;
        return rows.next();
    }

    private void write() throws IOException {
        BatchAnswers.Answered answered = answered(underWay.remove());
        answered.predictions().write();
        rejected.add(answered.rejections());
        count += answered.taken();
        progress.accept(count);
    }

    private static BatchAnswers.Answered answered(Future<BatchAnswers.Answered> future) throws IOException {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException wrong ? wrong : new IllegalStateException(e.getCause());
        }
    }
}
