package dev.laurel.cli.wait;

import dev.laurel.cli.output.Columns;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What came of a wait.
 *
 * @param answered whether every replica that was heard answers with what is wanted
 * @param seconds from the begin of the command
 * @param hops those of the replica that was last to answer
 * @param replicas each that answers with it, in the order in which they were heard
 * @param connections in a row that found nothing else at the end
 * @param stuck the hop that did not come to its end; absent when all did
 * @param reason why, as far as it can be known from here
 */
public record Waited(
        boolean answered,
        double seconds,
        List<Hop> hops,
        List<Replica> replicas,
        int connections,
        @Nullable String stuck,
        @Nullable String reason) {

    /** One of the servers behind the address. */
    public record Replica(String instance, String server, List<Hop> hops) {
        public Replica {
            hops = List.copyOf(hops);
        }
    }

    public Waited {
        hops = List.copyOf(hops);
        replicas = List.copyOf(replicas);
    }

    /**
     * For people; what it took.
     *
     * @param what such as {@code v8 answers}
     */
    public String text(String what) {
        Columns columns = new Columns();
        hops.forEach(hop -> columns.add("  " + hop.name(), seconds(hop.seconds())));
        return "%s at each of %s, after %s (%s connections found nothing else)%n%s"
                .formatted(
                        what,
                        replicas.size() == 1 ? "1 replica" : replicas.size() + " replicas",
                        seconds(seconds),
                        connections,
                        columns);
    }

    /** For people; what is the matter. */
    public String complaint() {
        return "--wait: stuck at '%s' after %s: %s".formatted(stuck, seconds(seconds), reason);
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.1f s", seconds);
    }
}
