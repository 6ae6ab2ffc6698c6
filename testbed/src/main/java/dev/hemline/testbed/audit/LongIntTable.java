package dev.hemline.testbed.audit;

import java.util.function.IntUnaryOperator;

/** A hash table from long to int without objects: open addressing, linear probing. A key not there has the value 0. */
final class LongIntTable {
    /** Marks a free place; the key 0 itself is kept as another number. */
    private static final long FREE = 0;

    private static final long INSTEAD_OF_ZERO = 0x9E3779B97F4A7C15L;

    private long[] keys = new long[1024];
    private int[] values = new int[1024];
    private int size;

    int get(long key) {
        return values[place(key)];
    }

    void update(long key, IntUnaryOperator change) {
        int place = place(key);
        if (keys[place] == FREE) {
            if (4 * (size + 1) > 3 * keys.length) {
                grow();
                place = place(key);
            }
            keys[place] = kept(key);
            size++;
        }
        values[place] = change.applyAsInt(values[place]);
    }

    long sum(IntUnaryOperator of) {
        long sum = 0;
        for (int place = 0; place < keys.length; place++) {
            sum += keys[place] == FREE ? 0 : of.applyAsInt(values[place]);
        }
        return sum;
    }

    private int place(long key) {
        long kept = kept(key);
        int mask = keys.length - 1;
        int place = Long.hashCode(kept * INSTEAD_OF_ZERO) & mask;
        while (keys[place] != FREE && keys[place] != kept) {
            place = (place + 1) & mask;
        }
        return place;
    }

    private static long kept(long key) {
        return key == FREE ? INSTEAD_OF_ZERO : key;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldValues = values;
        keys = new long[2 * oldKeys.length];
        values = new int[2 * oldKeys.length];
        for (int old = 0; old < oldKeys.length; old++) {
            if (oldKeys[old] != FREE) {
                int place = place(oldKeys[old]);
                keys[place] = oldKeys[old];
                values[place] = oldValues[old];
            }
        }
    }
}
