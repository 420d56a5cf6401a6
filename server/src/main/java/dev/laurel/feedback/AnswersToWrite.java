package dev.laurel.feedback;

import dev.laurel.program.Reason;
import dev.laurel.store.FeedbackStore;
import dev.laurel.store.FeedbackUnavailableException;
import dev.laurel.store.GivenAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers between whoever gave them and the store, in the order in which they were handed over. They wait while the store is away, so many of
 * them; what is lost is counted and said. For several threads.
 */
final class AnswersToWrite {
    private static final Logger LOG = LoggerFactory.getLogger(AnswersToWrite.class);
    private static final int MOST_ROWS = 20_000;
    private static final int CHUNK = 5_000;
    /** Of a request for what another thread writes; the store has a patience of its own. */
    private static final long PATIENCE_SECONDS = 2;

    private final FeedbackMetrics metrics;
    private final Queue<List<GivenAnswer>> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger rows = new AtomicInteger();
    private final ReentrantLock turn = new ReentrantLock();
    /** What is written next, and again where it could not be. For whose turn it is, as the rest. */
    private final List<GivenAnswer> next = new ArrayList<>();

    private boolean failing;

    AnswersToWrite(FeedbackMetrics metrics) {
        this.metrics = metrics;
    }

    /** Whether so many more may wait; several that ask at once may find the same room. */
    boolean hasRoom(int more) {
        return rows.get() + more <= MOST_ROWS;
    }

    void add(List<GivenAnswer> answers) {
        rows.addAndGet(answers.size());
        queue.add(answers);
    }

    void writeTo(FeedbackStore store) {
        turn.lock();
        try {
            writeAll(store);
        } finally {
            turn.unlock();
        }
    }

    /** The same, where a store that hangs may not hold its caller up for long. */
    void writeBeforeRequest(FeedbackStore store) {
        try {
            if (turn.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                try {
                    writeAll(store);
                } finally {
                    turn.unlock();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeAll(FeedbackStore store) {
        do {
            for (List<GivenAnswer> more = queue.peek(); more != null && next.size() < CHUNK; more = queue.peek()) {
                queue.remove();
                next.addAll(more);
            }
        } while (!next.isEmpty() && isWritten(store));
    }

    private boolean isWritten(FeedbackStore store) {
        try {
            store.keep(List.copyOf(next));
            if (failing) {
                LOG.info("feedback: answers are kept again");
            }
            failing = false;
        } catch (FeedbackUnavailableException e) {
            if (!failing) {
                LOG.warn(
                        "feedback: answers cannot be kept; {} rows wait for the end of that, and what comes after them is lost for it: {}",
                        MOST_ROWS,
                        Reason.of(e));
            }
            failing = true;
            return false;
        } catch (RuntimeException e) {
            metrics.dropped(next.size());
            LOG.warn("feedback: {} answers cannot be kept, and are lost for it: {}", next.size(), Reason.of(e));
        }
        rows.addAndGet(-next.size());
        next.clear();
        return true;
    }

    /** Nothing is written any more. */
    void end() {
        int lost = rows.get();
        if (lost > 0) {
            metrics.dropped(lost);
            LOG.warn("feedback: {} answers could not be kept before the end, and are lost for it", lost);
        }
    }
}
