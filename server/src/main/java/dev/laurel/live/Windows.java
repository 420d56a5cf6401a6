package dev.laurel.live;

import dev.laurel.drift.Profile;
import dev.laurel.drift.Seen;
import dev.laurel.drift.Tally;
import dev.laurel.predict.Input;
import dev.laurel.task.Answer;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * What one version answered in the last hour and the last day, in five minutes each and hours each: the memory that it takes does not
 * depend on how many answers there are. Safe for several threads.
 */
final class Windows {
    private static final long SLOT_MILLIS = Duration.ofMinutes(5).toMillis();
    private static final int SLOTS_AN_HOUR = 12;
    private static final int HOURS_A_DAY = 24;

    private final Clock clock;
    private final Tally tally;
    private final TreeMap<Long, Seen> slots = new TreeMap<>();
    private final TreeMap<Long, Seen> hours = new TreeMap<>();
    private long slot;

    /** What stands in a file while no server runs: full five minutes and full or begun hours, by their number since 1970. */
    record Kept(String digest, TreeMap<Long, Seen> slots, TreeMap<Long, Seen> hours) {}

    /**
     * @param secret columns whose words are not named unless the profile has them
     * @throws dev.laurel.model.InvalidValueException when drift cannot be measured against that profile
     */
    Windows(Profile profile, Set<String> secret, Clock clock) {
        this.clock = clock;
        this.tally = new Tally(profile, secret);
        this.slot = clock.millis() / SLOT_MILLIS;
    }

    /** @param answers one for each input */
    synchronized void add(List<Input> inputs, List<Answer> answers) {
        turn();
        for (int i = 0; i < inputs.size(); i++) {
            Input input = inputs.get(i);
            tally.add(input.vector(), answers.get(i), input.table(), input.row());
        }
    }

    synchronized Seen hour() {
        turn();
        return sum(slots.values());
    }

    synchronized Seen day() {
        turn();
        return sum(hours.values());
    }

    private Seen sum(Collection<Seen> parts) {
        Seen sum = tally.seen();
        for (Seen part : parts) {
            sum = sum.plus(part);
        }
        return sum;
    }

    /** @throws dev.laurel.model.InvalidValueException when it is counted in other cells */
    synchronized void restore(Kept kept) {
        for (Seen part : kept.hours.values()) {
            tally.seen().plus(part);
        }
        kept.slots.forEach((number, seen) -> slots.merge(number, seen, Seen::plus));
        kept.hours.forEach((number, seen) -> hours.merge(number, seen, Seen::plus));
        forget();
    }

    /** With what is counted in the five minutes that are not over. */
    synchronized Kept kept(String digest) {
        turn();
        TreeMap<Long, Seen> keptSlots = new TreeMap<>(slots);
        TreeMap<Long, Seen> keptHours = new TreeMap<>(hours);
        Seen begun = tally.seen();
        keptSlots.merge(slot, begun, Seen::plus);
        keptHours.merge(slot / SLOTS_AN_HOUR, begun, Seen::plus);
        return new Kept(digest, keptSlots, keptHours);
    }

    private void turn() {
        long now = clock.millis() / SLOT_MILLIS;
        if (now == slot) {
            return;
        }
        Seen over = tally.next();
        slots.merge(slot, over, Seen::plus);
        hours.merge(slot / SLOTS_AN_HOUR, over, Seen::plus);
        slot = now;
        forget();
    }

    private void forget() {
        slots.headMap(slot - SLOTS_AN_HOUR + 1).clear();
        hours.headMap(slot / SLOTS_AN_HOUR - HOURS_A_DAY + 1).clear();
    }
}
