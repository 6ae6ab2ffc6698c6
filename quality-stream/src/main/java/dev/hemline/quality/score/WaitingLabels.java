package dev.hemline.quality.score;

import java.time.Duration;
import java.util.function.ObjLongConsumer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The ids whose label came before any result, oldest first, so that those without one can be told in the end. There are as many
 * as fit into a number of characters: whoever writes labels may write them about events that never come, as fast as brokers
 * take them.
 */
final class WaitingLabels {
    /** Of one partition: a million ids of the usual length, some hundred megabytes of disk with what is known about them. */
    static final long MOST_CHARS = 64L << 20;

    private static final byte[] NOTHING = {};
    /** After any id, because ids are text. */
    private static final char LAST = Character.MAX_VALUE;

    private static final char SEPARATOR = '/';
    /** How many are told of at a time: what comes after a long pause must not last longer than a transaction may. */
    private static final int MOST_AT_ONCE = 20_000;

    private final KeyValueStore<String, byte[]> store;
    private final long windowMillis;
    private final long mostChars;
    private long chars;
    /** What is before it is gone already; looking from there passes the store's deleted entries by. */
    private String goneUpTo = "";

    /** @param mostChars that ids, each with its time, may have together */
    WaitingLabels(KeyValueStore<String, byte[]> store, Duration window, long mostChars) {
        this.store = store;
        this.windowMillis = window.toMillis();
        this.mostChars = mostChars;
        try (KeyValueIterator<String, byte[]> all = store.all()) {
            all.forEachRemaining(waiting -> chars += waiting.key.length());
        }
    }

    /** @param crowdedOut hears of each that is forgotten to make room: its id, and since when it waited */
    void add(String id, long since, ObjLongConsumer<String> crowdedOut) {
        String key = key(id, since);
        store.put(key, NOTHING);
        chars += key.length();
        if (chars > mostChars) {
            makeRoom(crowdedOut);
        }
    }

    /** A little more than is needed, so that it is not needed for each. */
    private void makeRoom(ObjLongConsumer<String> crowdedOut) {
        try (KeyValueIterator<String, byte[]> oldest = store.range(goneUpTo, null)) {
            for (int gone = 0; gone < MOST_AT_ONCE && chars > mostChars - mostChars / 100 && oldest.hasNext(); gone++) {
                String key = oldest.next().key;
                forget(key);
                goneUpTo = key;
                int end = key.indexOf(SEPARATOR);
                if (end > 0) {
                    crowdedOut.accept(key.substring(end + 1), since(key.substring(0, end)));
                }
            }
        }
    }

    void remove(String id, long since) {
        forget(key(id, since));
    }

    private void forget(String key) {
        if (store.delete(key) != null) {
            chars -= key.length();
        }
    }

    /** Forgets those that have waited longer than the window, and calls {@code expired} for each. */
    void expire(long now, Runnable expired) {
        String end = padded(now - windowMillis - 1) + LAST;
        try (KeyValueIterator<String, byte[]> old = store.range(goneUpTo, end)) {
            for (int told = 0; told < MOST_AT_ONCE && old.hasNext(); told++) {
                String key = old.next().key;
                forget(key);
                goneUpTo = key;
                expired.run();
            }
            if (!old.hasNext()) {
                goneUpTo = end;
            }
        }
    }

    private static String key(String id, long since) {
        return padded(since) + id;
    }

    /** Sorts as text as it does as a number, from 2001 to 2286. */
    private static String padded(long millis) {
        return Long.toString(millis) + SEPARATOR;
    }

    private static long since(String millis) {
        try {
            return Long.parseLong(millis);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
