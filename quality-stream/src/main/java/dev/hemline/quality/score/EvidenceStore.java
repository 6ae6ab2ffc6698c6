package dev.hemline.quality.score;

import dev.hemline.event.Evidence;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;

/** What is known about each id, for as long as the label window; what is older is as if it had never been. */
final class EvidenceStore {
    private final WindowStore<String, Evidence> store;
    private final long windowMillis;

    EvidenceStore(WindowStore<String, Evidence> store, Duration window) {
        this.store = store;
        this.windowMillis = window.toMillis();
    }

    /** @param since when the window began, in milliseconds since 1970 */
    record Known(Evidence evidence, long since) {}

    Optional<Known> find(String id, long now) {
        try (WindowStoreIterator<Evidence> newestFirst = store.backwardFetch(id, now - windowMillis, now)) {
            if (!newestFirst.hasNext()) {
                return Optional.empty();
            }
            KeyValue<Long, Evidence> newest = newestFirst.next();
            return Optional.of(new Known(newest.value, newest.key));
        }
    }

    /** The window begins at {@code since}. */
    void put(String id, Evidence evidence, long since) {
        store.put(id, evidence, since);
    }

    /** The window begins anew. */
    void renew(String id, Evidence evidence, long before, long now) {
        if (before != now) {
            store.put(id, null, before);
        }
        store.put(id, evidence, now);
    }
}
