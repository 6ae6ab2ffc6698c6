package dev.hemline.quality.score;

import dev.hemline.event.Answer;
import dev.hemline.quality.source.BusiestSources;
import dev.hemline.quality.source.SourceCounts;
import dev.hemline.quality.source.SourceRow;
import dev.hemline.topic.ModelKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * One partition's share of what every version made of every source. Only the busiest sources have rows of their own; what one that loses
 * its name has counted goes to the rest.
 */
final class SourceMatrix {
    /** Of all versions: some hundred with as many sources as have names; 1 MB while somebody asks for them. */
    static final int MOST_ROWS = 5_000;

    /** Where the {@link BusiestSources} are, in the store of rows; no row, because it has no slash. */
    static final String BUSIEST = "busiest";

    /**
     * Writing all counts for each result would take more than all else. After a crash they lag behind by so many results, which matters to
     * who gets a name next; names that rows have are always written.
     */
    private static final int COUNTS_WRITTEN_EVERY = 100;

    private final KeyValueStore<String, byte[]> store;
    private final BusiestSources busiest;
    private final RecentVersions versions;
    private final ScoreListener listener;
    /** When rows were last looked through for those that have lost their name. */
    private Set<String> namesThen;

    private int sinceWritten;

    /** What is no row, by somebody who wrote to the store's topic, goes. */
    SourceMatrix(KeyValueStore<String, byte[]> store, ScoreListener listener, int mostRows) {
        this.store = store;
        this.listener = listener;
        busiest = BusiestSources.of(store.get(BUSIEST));
        versions = new RecentVersions(mostRows, this::forget);
        List<String> none = new ArrayList<>();
        rows(none).keySet().forEach(row -> versions.use(row.version(), 1));
        none.forEach(store::delete);
        namesThen = busiest.names();
        foldThoseWithoutAName();
    }

    private Map<SourceRow, SourceCounts> rows(List<String> none) {
        Map<SourceRow, SourceCounts> rows = new HashMap<>();
        try (KeyValueIterator<String, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> found = all.next();
                Optional<SourceRow> row = SourceRow.parse(found.key);
                Optional<SourceCounts> counts = SourceCounts.of(found.value);
                if (row.isPresent() && counts.isPresent()) {
                    rows.put(row.get(), counts.get());
                } else if (!found.key.equals(BUSIEST)) {
                    none.add(found.key);
                }
            }
        }
        return rows;
    }

    /** A version answered: the answer, and where it was counted. */
    Answer count(Answer answer) {
        String name = busiest.name(answer.getSource());
        ModelKey.Manifest version = version(answer);
        String row = new SourceRow(version, name).toString();
        Optional<SourceCounts> before = find(row);
        if (before.isEmpty()) {
            Set<String> names = busiest.names();
            if (!names.containsAll(namesThen)) {
                foldThoseWithoutAName();
            }
            namesThen = names;
            versions.makeRoom();
            before = find(row);
        }
        if (before.isEmpty() || ++sinceWritten >= COUNTS_WRITTEN_EVERY) {
            store.put(BUSIEST, busiest.toBytes());
            sinceWritten = 0;
        }
        put(version, row, before, before.orElse(SourceCounts.NONE).plusResult(answer.getConfidence()));
        return Answer.newBuilder(answer)
                .setNamed(!name.equals(BusiestSources.REST))
                .build();
    }

    /**
     * An answer was judged that had been counted.
     *
     * @param rightBefore what its former label had made of it; null where this is the first
     */
    void judge(Answer answer, boolean right, @Nullable Boolean rightBefore) {
        if (answer.getNamed() != null) {
            ModelKey.Manifest version = version(answer);
            String own = new SourceRow(version, BusiestSources.bounded(answer.getSource())).toString();
            String row = answer.getNamed() && store.get(own) != null ? own : rest(version);
            Optional<SourceCounts> before = find(row);
            // Neither is there where the version had to make room.
            before.ifPresent(counts -> put(version, row, before, counts.judged(right, rightBefore)));
        }
    }

    private void foldThoseWithoutAName() {
        rows(new ArrayList<>()).forEach((row, counts) -> {
            if (!busiest.isNamed(row.source())) {
                store.delete(row.toString());
                versions.use(row.version(), -1);
                String rest = rest(row.version());
                Optional<SourceCounts> before = find(rest);
                put(
                        row.version(),
                        rest,
                        before,
                        before.orElse(SourceCounts.NONE).plus(counts));
            }
        });
    }

    private Optional<SourceCounts> find(String row) {
        return SourceCounts.of(store.get(row));
    }

    private void put(ModelKey.Manifest version, String row, Optional<SourceCounts> before, SourceCounts now) {
        versions.use(version, before.isPresent() ? 0 : 1);
        store.put(row, now.toBytes());
    }

    private static String rest(ModelKey.Manifest version) {
        return new SourceRow(version, BusiestSources.REST).toString();
    }

    private void forget(ModelKey.Manifest version) {
        RecentVersions.keys(store, version).forEach(store::delete);
        listener.versionForgotten(version);
    }

    private static ModelKey.Manifest version(Answer answer) {
        return new ModelKey.Manifest(answer.getModelName(), answer.getModelVersion());
    }
}
