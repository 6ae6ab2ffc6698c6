package dev.hemline.page;

import dev.hemline.event.LabelRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which labels are asked for, and who has which before them: what one person looks at, no other is shown for a minute. Remembers the
 * newest requests. Thread-safe.
 */
final class RequestBoard {
    static final int MOST_OPEN = 1_000;
    static final long HELD_MILLIS = 60_000;
    private static final int MOST_SETTLED = 10_000;
    private static final int MOST_ANSWERED = 1_000;
    /** What so many people cannot tell is not shown any more. */
    private static final int MOST_SKIPS = 5;

    private final Map<String, Open> open = newest(MOST_OPEN);
    private final Map<String, Boolean> settled = newest(MOST_SETTLED);
    /** Those answered here, for whoever takes an answer back. */
    private final Map<String, LabelRequest> answered = newest(MOST_ANSWERED);

    /** One that waits for its label. */
    private static final class Open {
        private final LabelRequest request;
        private final Set<String> skippedBy = new HashSet<>();
        private @Nullable String heldBy;
        private long heldUntil;

        private Open(LabelRequest request) {
            this.request = request;
        }

        private boolean isHeldBy(String person, long now) {
            return person.equals(heldBy) && now < heldUntil;
        }

        private boolean isFreeFor(String person, long now) {
            return now >= heldUntil && !skippedBy.contains(person);
        }
    }

    private static <V> Map<String, V> newest(int most) {
        return new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > most;
            }
        };
    }

    synchronized void requested(LabelRequest request) {
        if (!settled.containsKey(request.getId())) {
            open.putIfAbsent(request.getId(), new Open(request));
        }
    }

    /** What waited is read anew: some of it may have been settled while nobody read. */
    synchronized void beginAnew() {
        open.clear();
    }

    /** Its label is there, or nobody waits for it any more. */
    synchronized void settled(String id) {
        open.remove(id);
        settled.put(id, true);
    }

    /** How many wait. */
    synchronized int open() {
        return open.size();
    }

    /**
     * The one to show to somebody: the one that they have before them, else the newest that nobody has.
     *
     * @param person or rather a browser; two that show the same are one
     * @param now in milliseconds
     */
    synchronized Optional<LabelRequest> next(String person, long now) {
        List<Open> newestFirst = new ArrayList<>(open.values());
        Collections.reverse(newestFirst);
        Optional<Open> next = newestFirst.stream()
                .filter(one -> one.isHeldBy(person, now))
                .findFirst()
                .or(() -> newestFirst.stream()
                        .filter(one -> one.isFreeFor(person, now))
                        .findFirst());
        next.ifPresent(one -> {
            one.heldBy = person;
            one.heldUntil = now + HELD_MILLIS;
        });
        return next.map(one -> one.request);
    }

    /** What may be answered: it waits, or it was answered here a while ago and somebody thinks otherwise. */
    synchronized Optional<LabelRequest> find(String id) {
        Open waiting = open.get(id);
        return waiting == null ? Optional.ofNullable(answered.get(id)) : Optional.of(waiting.request);
    }

    synchronized void answered(LabelRequest request) {
        answered.put(request.getId(), request);
        settled(request.getId());
    }

    /** They cannot tell, and are not shown it again. */
    synchronized void skip(String id, String person) {
        Open skipped = open.get(id);
        if (skipped != null) {
            if (person.equals(skipped.heldBy)) {
                skipped.heldUntil = 0;
            }
            skipped.skippedBy.add(person);
            if (skipped.skippedBy.size() >= MOST_SKIPS) {
                open.remove(id);
            }
        }
    }
}
