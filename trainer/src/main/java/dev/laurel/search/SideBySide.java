package dev.laurel.search;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Does tasks on several threads; the order of the results, and which failure comes out, are as if they were done one by one. */
final class SideBySide {
    private SideBySide() {}

    /**
     * @param begins whether a task is begun, asked when it would be; after one that is not, no result counts
     * @param observer is told each result in its order, by the thread that calls
     */
    static <T> void each(int count, int threads, IntPredicate begins, IntFunction<T> task, Consumer<T> observer) {
        ExecutorService workers = Executors.newFixedThreadPool(Math.min(count, threads), work -> {
            Thread thread = new Thread(work, "trial");
            thread.setDaemon(true);
            return thread;
        });
        try {
            Deque<Future<@Nullable T>> results = new ArrayDeque<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                results.add(workers.submit(() -> begins.test(number) ? task.apply(number) : null));
            }
            while (!results.isEmpty()) {
                T result = results.remove().get();
                if (result == null) {
                    return;
                }
                observer.accept(result);
            }
        } catch (ExecutionException e) {
            throw unchecked(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in the middle of a search", e);
        } finally {
            workers.shutdownNow();
        }
    }

    private static RuntimeException unchecked(@Nullable Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        // Tasks declare no checked exception.
        return cause instanceof RuntimeException failure ? failure : new IllegalStateException(cause);
    }
}
