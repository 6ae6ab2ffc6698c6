package dev.hemline.quality.score;

import dev.hemline.topic.ModelKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * How many entries a store has of each version. There is a limit; where one more is needed, the version that was used longest ago goes
 * as a whole, because sums over some of its entries would be wrong.
 */
final class RecentVersions {
    private final int most;
    private final Consumer<ModelKey.Manifest> forget;
    /** The one used longest ago first. */
    private final Map<ModelKey.Manifest, Integer> entries = new LinkedHashMap<>(16, 0.75f, true);

    private int all;

    /**
     * None yet.
     *
     * @param most entries of all versions together
     * @param forget takes those of one version away
     */
    RecentVersions(int most, Consumer<ModelKey.Manifest> forget) {
        this.most = most;
        this.forget = forget;
    }

    /** A version was used, and has so many entries more now. */
    void use(ModelKey.Manifest version, int more) {
        if (entries.merge(version, more, Integer::sum) <= 0) {
            entries.remove(version);
        }
        all += more;
    }

    /** For one entry more. */
    void makeRoom() {
        while (all >= most && !entries.isEmpty()) {
            ModelKey.Manifest oldest = entries.keySet().iterator().next();
            forget.accept(oldest);
            Integer gone = entries.remove(oldest);
            all -= gone == null ? 0 : gone;
        }
    }

    /** The keys of one version in a store whose keys begin with versions and a slash. */
    static List<String> keys(KeyValueStore<String, ?> store, ModelKey.Manifest version) {
        List<String> keys = new ArrayList<>();
        // After the slash comes 0.
        try (KeyValueIterator<String, ?> all = store.range(version + "/", version + "0")) {
            all.forEachRemaining(entry -> keys.add(entry.key));
        }
        return keys;
    }
}
