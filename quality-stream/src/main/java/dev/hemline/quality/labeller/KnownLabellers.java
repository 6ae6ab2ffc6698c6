package dev.hemline.quality.labeller;

import dev.hemline.event.Labeller;
import dev.hemline.event.LabellerState;
import dev.hemline.topic.EventChecks;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Whose labels are believed and whose are not, as topic {@code labellers} tells; who is not there is believed. Thread-safe. */
public final class KnownLabellers {
    /** More than ever label for one model. */
    private static final int MOST = 10_000;

    private final Map<String, Labeller> newest = new ConcurrentHashMap<>();

    /**
     * Takes what the topic tells; what no program of ours can have written counts for nothing.
     *
     * @param labeller null where it was deleted
     */
    public void add(String name, @Nullable Labeller labeller) {
        if (labeller == null) {
            newest.remove(name);
        } else if (labeller.getName().equals(name)
                && EventChecks.fault(labeller).isEmpty()
                && (newest.size() < MOST || newest.containsKey(name))) {
            newest.put(name, labeller);
        }
    }

    /** Whether this one's labels count. */
    public boolean believes(String name) {
        return of(name).filter(known -> known.getState() == LabellerState.QUARANTINED)
                .isEmpty();
    }

    /** How many labellers' do not. */
    public int quarantined() {
        return Math.toIntExact(
                newest.keySet().stream().filter(name -> !believes(name)).count());
    }

    /** From when on this one's labels may be held against them: before, somebody has said that they are to be believed. */
    public Instant heldAgainstFrom(String name) {
        return of(name).map(Labeller::getChangedAt).orElse(Instant.EPOCH);
    }

    private Optional<Labeller> of(String name) {
        return Optional.ofNullable(newest.get(name));
    }
}
