package dev.laurel.cli.wait;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A part of the way from the command to an answer, and how long it took. */
public record Hop(String name, double seconds) {
    /** The commit is on the Git host. */
    static final String COMMITTED = "committed";
    /** Argo CD saw it, verified and rendered it, and the file of the pin is beside a pod. */
    static final String SYNCED = "synced";
    /** The process of the pod runs. */
    static final String STARTED = "started";

    static final String READ = "pin read";
    static final String LOADED = "loaded";
    /** It is ready, and who asks at the address comes to it. */
    static final String ANSWERED = "answered";

    /** @param seen when it was first heard at the address that this replica answers with what is wanted */
    static List<Hop> of(Wanted wanted, Told told, Instant seen) {
        Way way = new Way(wanted.begun());
        way.to(COMMITTED, wanted.committed());
        Optional<Instant> put = told.time("/arrival/put");
        if (put.isPresent()) {
            way.to(SYNCED, put.get());
            told.time("/started").filter(started -> started.isAfter(put.get())).ifPresent(at -> way.to(STARTED, at));
        }
        told.time("/arrival/read").ifPresent(at -> way.to(READ, at));
        told.time("/arrival/answering").ifPresent(at -> way.to(LOADED, at));
        way.to(ANSWERED, seen);
        return way.hops;
    }

    /** What lies before the mark behind it took no time: it was done already, or by a clock that goes otherwise. */
    private static final class Way {
        private final List<Hop> hops = new ArrayList<>();
        private Instant before;

        Way(Instant begun) {
            before = begun;
        }

        void to(String name, Instant mark) {
            Instant after = mark.isAfter(before) ? mark : before;
            hops.add(new Hop(name, Duration.between(before, after).toMillis() / 1e3));
            before = after;
        }
    }
}
