package dev.hemline.quality.score;

import java.time.Duration;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** The ids whose label came before any result, oldest first, so that those without one can be told in the end. */
final class WaitingLabels {
    private static final byte[] NOTHING = {};
    /** After any id, because ids are text. */
    private static final char LAST = Character.MAX_VALUE;

    private final KeyValueStore<String, byte[]> store;
    private final long windowMillis;
    /** What is before it was told already; looking from there passes the store's deleted entries by. */
    private String toldUpTo = "";

    WaitingLabels(KeyValueStore<String, byte[]> store, Duration window) {
        this.store = store;
        this.windowMillis = window.toMillis();
    }

    void add(String id, long since) {
        store.put(key(id, since), NOTHING);
    }

    void remove(String id, long since) {
        store.delete(key(id, since));
    }

    /** Forgets those that have waited longer than the window, and calls {@code expired} for each. */
    void expire(long now, Runnable expired) {
        String end = padded(now - windowMillis - 1) + LAST;
        try (KeyValueIterator<String, byte[]> old = store.range(toldUpTo, end)) {
            while (old.hasNext()) {
                store.delete(old.next().key);
                expired.run();
            }
        }
        toldUpTo = end;
    }

    private static String key(String id, long since) {
        return padded(since) + id;
    }

    /** Sorts as text as it does as a number, from 2001 to 2286. */
    private static String padded(long millis) {
        return Long.toString(millis) + "/";
    }
}
