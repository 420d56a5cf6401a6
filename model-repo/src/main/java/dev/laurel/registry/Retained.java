package dev.laurel.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.laurel.definition.Keep;
import dev.laurel.definition.Retention;
import dev.laurel.model.Environment;
import dev.laurel.model.ModelName;
import dev.laurel.model.Pin;
import dev.laurel.model.Version;
import dev.laurel.program.Reason;
import dev.laurel.yaml.InvalidDocumentException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which versions of a model stay in the tree when others join them, by the definition, the pins and the history of the commit before.
 * History is walked only for a version that nothing nearer keeps, and no further back than to its registration.
 */
final class Retained {
    /** A provenance is searched rather than parsed: most have no parent, and each registration looks at dozens. */
    private static final Pattern PARENT = Pattern.compile("(?m)^parent: (v[1-9][0-9]{0,8})$");

    private final CommitRevision before;
    private final ModelName model;
    private final int joining;
    private final Optional<Version> parent;

    /**
     * For a commit that is there, of which no more is asked than what stood before it.
     *
     * @param before the parent of the commit that registers
     * @param joining how many versions it registers
     */
    Retained(CommitRevision before, ModelName model, int joining) {
        this(before, model, joining, Optional.empty());
    }

    /** @param parent the version that the one that joins goes on from */
    Retained(CommitRevision before, ModelName model, int joining, Optional<Version> parent) {
        this.before = before;
        this.model = model;
        this.joining = joining;
        this.parent = parent;
    }

    /** The versions that leave the tree, oldest first. */
    SortedSet<Version> leaving() throws IOException {
        SortedSet<Version> leaving = new TreeSet<>(bettered());
        if (before.definition(model).effectiveRetention() instanceof Retention.Last last) {
            leaving.addAll(older(last));
        }
        leaving.removeAll(reasons(leaving).keySet());
        return leaving;
    }

    private List<Version> older(Retention.Last last) {
        List<Version> all = before.newest(model, Integer.MAX_VALUE);
        return all.subList(Math.min(kept(last), all.size()), all.size());
    }

    /**
     * Those of the newest day that are not the best of it, where the definition keeps one of each day. Earlier days were seen to when the
     * first version after them was registered, and the version that joins stays whatever it is worth: the next run begins where it ended.
     */
    private Set<Version> bettered() {
        if (before.definition(model).effectiveKeep() != Keep.BEST_OF_DAY) {
            return Set.of();
        }
        try {
            return new BestOfDay(before, model).others();
        } catch (InvalidDocumentException | RegistryException e) {
            RegistryException.passOutage(e);
            // Of what nobody can read nothing is known to be better.
            return Set.of();
        }
    }

    /** How many of those that stand already. */
    private int kept(Retention.Last last) {
        return Math.max(0, last.last() - joining);
    }

    /** Why each of these stays, such as {@code it is pinned in production}; those without a reason leave. */
    SortedMap<Version, String> reasons(Collection<Version> versions) throws IOException {
        SortedMap<Version, String> reasons = new TreeMap<>();
        SortedMap<Environment, Pin> pins = new TreeMap<>();
        try {
            if (before.definition(model).effectiveRetention() instanceof Retention.Last last) {
                before.newest(model, kept(last))
                        .forEach(version -> reasons.put(version, "it is one of the last " + last.last()));
            } else {
                reasons.putAll(all(versions, "retention is off"));
            }
            reasons.keySet().removeAll(bettered());
            for (Environment environment : before.environments()) {
                before.pin(environment, model).ifPresent(pin -> pins.put(environment, pin));
            }
        } catch (InvalidDocumentException | RegistryException e) {
            RegistryException.passOutage(e);
            return all(versions, "what keeps it cannot be read: " + Reason.of(e));
        }
        pins.forEach((environment, pin) -> {
            if (pin.beats() != null) {
                reasons.put(pin.beats(), "the champion of %s beat it".formatted(environment));
            }
        });
        pins.forEach((environment, pin) -> reasons.put(pin.version(), "it is pinned in " + environment));
        reasons.keySet().retainAll(versions);

        SortedSet<Version> others = new TreeSet<>(versions);
        others.removeAll(reasons.keySet());
        if (!others.isEmpty()) {
            String oldest = Layout.version(model, others.first());
            for (Map.Entry<Environment, Pin> pin : pins.entrySet()) {
                ways(pin.getKey(), pin.getValue(), oldest).forEach((version, reason) -> {
                    if (others.contains(version)) {
                        reasons.putIfAbsent(version, reason);
                    }
                });
            }
        }
        parent.filter(versions::contains)
                .ifPresent(kept -> reasons.putIfAbsent(kept, "the version that joins goes on from it"));
        addParents(versions, reasons);
        return reasons;
    }

    /** Those that a version that stays goes on from, and those that these go on from in turn. */
    private void addParents(Collection<Version> versions, SortedMap<Version, String> reasons) throws IOException {
        SortedSet<Version> open = new TreeSet<>(versions);
        open.removeAll(reasons.keySet());
        if (open.isEmpty()) {
            return;
        }
        Deque<Version> staying = new ArrayDeque<>(before.newest(model, Integer.MAX_VALUE));
        staying.removeAll(open);
        while (!staying.isEmpty()) {
            Version child = staying.remove();
            Optional<Version> parent = parent(child);
            if (parent.isPresent() && open.remove(parent.get())) {
                reasons.put(parent.get(), child + " goes on from it");
                staying.add(parent.get());
            }
        }
    }

    private Optional<Version> parent(Version version) throws IOException {
        return before.at().file(Layout.provenance(model, version)).flatMap(Retained::parentIn);
    }

    static Optional<Version> parentIn(byte[] provenance) {
        Matcher parent = PARENT.matcher(new String(provenance, UTF_8));
        return parent.find() ? Optional.of(Version.parse(parent.group(1))) : Optional.empty();
    }

    /** The versions that one step leads back to: {@code laurel rollback}, or {@code git revert} of the newest change of the pin. */
    private Map<Version, String> ways(Environment environment, Pin pin, String whileThere) throws IOException {
        Map<Version, String> ways = new TreeMap<>();
        Optional<Pin> reverted = new PinHistory(before.at(), environment, model, whileThere)
                .next()
                .map(PinChange::before);
        reverted.ifPresent(way ->
                ways.put(way.version(), "reverting the newest change in %s returns to it".formatted(environment)));
        new PinHistory(before.at(), environment, model, whileThere)
                .below(pin.version())
                .ifPresent(way -> ways.put(way.version(), "a rollback in %s returns to it".formatted(environment)));
        return ways;
    }

    /** What is wrong with a commit that takes these versions out of the tree. */
    List<Problem> problems(Collection<Version> removed) throws IOException {
        SortedMap<Version, String> reasons = joining > 0
                ? reasons(removed)
                : all(removed, "only the registration of a newer version takes older ones out");
        return reasons.entrySet().stream()
                .map(kept -> Problem.of(
                        Layout.version(model, kept.getKey()),
                        "removed (expected: kept, since %s)".formatted(kept.getValue())))
                .toList();
    }

    private static SortedMap<Version, String> all(Collection<Version> versions, String reason) {
        SortedMap<Version, String> reasons = new TreeMap<>();
        versions.forEach(version -> reasons.put(version, reason));
        return reasons;
    }
}
