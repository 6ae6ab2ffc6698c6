package dev.hemline.trainer.reservoir;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Values by id, of which those that came first go when all together have become too heavy. Not for several threads. */
final class BoundedMap<V> {
    private final Map<String, V> values = new LinkedHashMap<>();
    private final long most;
    private final ToLongFunction<V> weight;
    private long weighs;

    BoundedMap(long most, ToLongFunction<V> weight) {
        this.most = most;
        this.weight = weight;
    }

    void put(String id, V value) {
        remove(id);
        values.put(id, value);
        weighs += weight.applyAsLong(value);
        for (Iterator<V> first = values.values().iterator(); weighs > most && first.hasNext(); ) {
            weighs -= weight.applyAsLong(first.next());
            first.remove();
        }
    }

    /** Those that came last, in their order. */
    List<V> newest(int most) {
        return values.values().stream().skip(Math.max(0, values.size() - most)).toList();
    }

    @Nullable
    V get(String id) {
        return values.get(id);
    }

    @Nullable
    V remove(String id) {
        V removed = values.remove(id);
        if (removed != null) {
            weighs -= weight.applyAsLong(removed);
        }
        return removed;
    }
}
