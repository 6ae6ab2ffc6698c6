package dev.hemline.quality.referee;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What there is of each pair of versions, of a hundred pairs at most. For more, the pair of the oldest versions goes, of the model that
 * has the most pairs: one that went does not come back, and everybody who counts keeps the same ones. Not for several threads.
 */
final class Pairings<T> {
    static final int MOST = 100;

    private final TreeMap<String, TreeMap<Pairing, T>> byModel = new TreeMap<>();

    void clear() {
        byModel.clear();
    }

    @Nullable
    T get(Pairing pairing) {
        TreeMap<Pairing, T> model = byModel.get(pairing.model());
        return model == null ? null : model.get(pairing);
    }

    /** What there is, or something new of it. */
    T of(Pairing pairing, Supplier<T> unknown) {
        return byModel.computeIfAbsent(pairing.model(), model -> new TreeMap<>())
                .computeIfAbsent(pairing, added -> unknown.get());
    }

    Iterable<Pairing> all() {
        return byModel.values().stream()
                .flatMap(model -> model.keySet().stream())
                .toList();
    }

    /** Takes away what there is too much of; perhaps what came last. */
    List<Pairing> makeRoom() {
        List<Pairing> gone = new ArrayList<>();
        for (int size = size(); size > MOST; size--) {
            TreeMap<Pairing, T> largest = byModel.values().stream()
                    .max(Comparator.comparing(Map::size))
                    .orElseThrow();
            Pairing oldest = largest.firstKey();
            largest.remove(oldest);
            if (largest.isEmpty()) {
                byModel.remove(oldest.model());
            }
            gone.add(oldest);
        }
        return gone;
    }

    private int size() {
        return byModel.values().stream().mapToInt(Map::size).sum();
    }
}
