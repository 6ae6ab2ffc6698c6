package dev.hemline.quality.referee;

import dev.hemline.event.ComparedEvent;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;

/** What is known about each id, for as long as labels are waited for; what is older is as if it had never been. */
final class ComparedEvents {
    private static final ComparedEvent NOTHING = new ComparedEvent(List.of(), List.of());

    private final WindowStore<String, ComparedEvent> store;
    private final long windowMillis;

    ComparedEvents(WindowStore<String, ComparedEvent> store, Duration window) {
        this.store = store;
        windowMillis = window.toMillis();
    }

    /** @param since when the window began, in milliseconds since 1970 */
    record Known(ComparedEvent event, long since) {}

    Known find(String id, long now) {
        // What another instance kept may be of a clock that is ahead.
        try (WindowStoreIterator<ComparedEvent> newestFirst =
                store.backwardFetch(id, now - windowMillis, now + windowMillis)) {
            if (newestFirst.hasNext()) {
                KeyValue<Long, ComparedEvent> newest = newestFirst.next();
                // Anybody may have written to the changelog.
                return new Known(newest.value == null ? NOTHING : newest.value, newest.key);
            }
            return new Known(NOTHING, now);
        }
    }

    void put(String id, Known known) {
        store.put(id, known.event(), known.since());
    }
}
