package dev.laurel.bytes;

import dev.laurel.git.host.Access;
import dev.laurel.git.lfs.LfsObjectException;
import dev.laurel.git.lfs.LfsPointer;
import dev.laurel.git.lfs.LfsStore;
import dev.laurel.model.Digest;
import dev.laurel.model.Expect;
import dev.laurel.program.Reason;
import dev.laurel.registry.Registry;
import dev.laurel.registry.RegistryException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bytes of model files: from the cache, or from the first of the sources that gives those of the digest. */
public final class ModelBytes {
    private static final Logger LOG = LoggerFactory.getLogger(ModelBytes.class);

    /** One that lied or kept a pod waiting is not asked again for this long. */
    private static final Duration LEFT_OUT = Duration.ofMinutes(10);

    private final @Nullable LfsStore cache;
    private final List<ByteSource> sources;
    private final Clock clock;
    private final Map<String, Instant> leftOut = new ConcurrentHashMap<>();
    private volatile BiConsumer<String, String> listener = (kind, outcome) -> {};

    private ModelBytes(@Nullable LfsStore cache, List<ByteSource> sources, Clock clock) {
        this.cache = cache;
        this.sources = List.copyOf(sources);
        this.clock = clock;
    }

    /** From the models repository alone, which has a cache of its own. */
    public static ModelBytes of(Supplier<Registry> registry) {
        return new ModelBytes(null, List.of(new GitHost(registry)), Clock.systemUTC());
    }

    /**
     * As the environment says: {@code LAUREL_SIBLINGS} (host:port), {@code LAUREL_BYTES} (an http(s) address or s3://bucket/prefix), and
     * in the end the models repository.
     */
    public static ModelBytes of(Map<String, String> environment, Supplier<Registry> registry) {
        return of(environment, registry, new Fetching());
    }

    static ModelBytes of(Map<String, String> environment, Supplier<Registry> registry, Fetching fetching) {
        List<ByteSource> sources = new ArrayList<>();
        String siblings = environment.getOrDefault("LAUREL_SIBLINGS", "");
        if (!siblings.isBlank()) {
            sources.add(Siblings.of(siblings, fetching));
        }
        String mirror = environment.getOrDefault("LAUREL_BYTES", "");
        if (!mirror.isBlank()) {
            sources.add(mirror(mirror, environment, fetching));
        }
        sources.add(new GitHost(registry));
        return new ModelBytes(LfsStore.cache(Access.of(environment)), sources, Clock.systemUTC());
    }

    private static ByteSource mirror(String text, Map<String, String> environment, Fetching fetching) {
        boolean known = text.matches("(https?|s3)://[^/@?#\\s]+(/[^?#\\s]*)?");
        // Its text is not shown, since somebody may have put a password there.
        Expect.that(
                known, "LAUREL_BYTES", "something else", "https://host/path, http://host/path or s3://bucket/prefix");
        return text.startsWith("s3:")
                ? S3Mirror.of(URI.create(text), environment, fetching)
                : new HttpMirror(text.replaceFirst("/+$", "") + "/", fetching);
    }

    /** Tells the kind of a source, and what came of asking it: verified, missing, unreachable, slow or wrong. */
    public void listen(BiConsumer<String, String> to) {
        listener = to;
    }

    /** @throws RegistryException when no source gives them; its message names each */
    public byte[] fetch(Digest digest, long size) {
        LfsPointer pointer = new LfsPointer(digest, size);
        byte[] kept = cached(pointer);
        if (kept != null) {
            listener.accept("cache", "verified");
            return kept;
        }
        List<String> problems = new ArrayList<>();
        @Nullable IOException outage = null;
        for (ByteSource source : sources) {
            try {
                for (ByteSource.Place place : source.places()) {
                    try {
                        byte[] bytes = fetch(source, place, pointer, problems);
                        if (bytes != null) {
                            return bytes;
                        }
                    } catch (IOException e) {
                        outage = e;
                        problems.add(place.name() + ": " + Reason.of(e));
                    }
                }
            } catch (IOException e) {
                outage = e;
                problems.add(source.kind() + ": " + Reason.of(e));
            }
        }
        // The repository's own words are enough where nothing else was asked.
        String message = sources.size() == 1 && problems.size() == 1
                ? problems.get(0).replaceFirst("^models repository: ", "")
                : "bytes of %s: %s".formatted(digest, String.join("; ", problems));
        throw new RegistryException(message, outage);
    }

    /** The bytes that are here, verified; null when there are none. For those who serve them and ask nobody. */
    byte @Nullable [] cached(LfsPointer pointer) {
        try {
            return cache == null ? null : cache.read(pointer);
        } catch (LfsObjectException missingOrDamaged) {
            return null;
        } catch (IOException e) {
            LOG.warn("The cache cannot be read, and is not used: {}", Reason.of(e));
            return null;
        }
    }

    /**
     * Null when this place is not to be asked, or has none, or others.
     *
     * @throws IOException when it cannot be reached
     */
    private byte @Nullable [] fetch(
            ByteSource source, ByteSource.Place place, LfsPointer pointer, List<String> problems) throws IOException {
        Instant until = leftOut.get(place.name());
        if (until != null && clock.instant().isBefore(until)) {
            problems.add("%s: left out until %s".formatted(place.name(), until));
            return null;
        }
        try (InputStream in = place.open(pointer)) {
            byte[] bytes = cache == null ? in.readAllBytes() : through(cache, pointer, in);
            listener.accept(source.kind(), "verified");
            return bytes;
        } catch (FileNotFoundException e) {
            listener.accept(source.kind(), "missing");
            problems.add(place.name() + ": has none");
            return null;
        } catch (LfsObjectException | SlowException e) {
            boolean slow = e instanceof SlowException;
            listener.accept(source.kind(), slow ? "slow" : "wrong");
            leftOut.put(place.name(), clock.instant().plus(LEFT_OUT));
            LOG.warn("{}: {}; it is left out for {} min", place.name(), Reason.of(e), LEFT_OUT.toMinutes());
            problems.add(place.name() + ": " + Reason.of(e));
            return null;
        } catch (IOException e) {
            listener.accept(source.kind(), "unreachable");
            throw e;
        }
    }

    private static byte[] through(LfsStore cache, LfsPointer pointer, InputStream in) throws IOException {
        cache.receive(pointer, in);
        return cache.read(pointer);
    }
}
