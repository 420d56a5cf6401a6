package dev.laurel.front;

import dev.laurel.model.InvalidValueException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What files say, read anew when they have changed: looked at when somebody asks, at most once a second. What cannot be read is logged, and what
 * was read before goes on.
 */
final class Mounted<T> {
    private static final Logger LOG = LoggerFactory.getLogger(Mounted.class);
    private static final long LOOK_EVERY = 1_000_000_000;

    private final List<Path> files;
    private final Supplier<T> reading;
    private final AtomicLong looked = new AtomicLong(System.nanoTime());
    private volatile List<String> state;
    private volatile T value;

    /**
     * @param reading what the files say
     * @throws InvalidValueException when they cannot be read the first time
     */
    Mounted(List<Path> files, Supplier<T> reading) {
        this.files = files;
        this.reading = reading;
        this.state = state();
        this.value = reading.get();
    }

    T get() {
        long last = looked.get();
        long now = System.nanoTime();
        if (now - last > LOOK_EVERY && looked.compareAndSet(last, now)) {
            look();
        }
        return value;
    }

    private void look() {
        List<String> now = state();
        if (now.equals(state)) {
            return;
        }
        state = now;
        try {
            value = reading.get();
            LOG.info("Read anew: {}", files);
        } catch (InvalidValueException e) {
            LOG.error("Not read anew, so what was read before goes on: {}", e.getMessage());
        }
    }

    /** Of the files themselves, where links lead to them, as those of a mounted Secret do. */
    private List<String> state() {
        return files.stream()
                .map(file -> {
                    try {
                        Path real = file.toRealPath();
                        return real + " " + Files.getLastModifiedTime(real) + " " + Files.size(real);
                    } catch (IOException e) {
                        return "none";
                    }
                })
                .toList();
    }
}
