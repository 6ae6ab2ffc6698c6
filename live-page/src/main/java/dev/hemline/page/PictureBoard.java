package dev.hemline.page;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The newest pictures with what became of them and what they really show. The three come in any order, so a little of what
 * has no picture yet is remembered too. Thread-safe.
 */
final class PictureBoard {
    static final int SHOWN = 12;
    private static final int ANSWERS_REMEMBERED = 2_000;
    private static final int LABELS_REMEMBERED = 10_000;

    private final Map<String, Tile> tiles = newest(SHOWN);
    private final Map<String, Answered> answers = newest(ANSWERS_REMEMBERED);
    private final Map<String, Integer> labels = newest(LABELS_REMEMBERED);

    /**
     * One picture.
     *
     * @param at when it was taken, in milliseconds since 1970
     * @param picture null if it cannot be shown
     * @param answer null as long as it is not known
     * @param label its true class; null as long as it is not known
     */
    record Tile(
            String id,
            String source,
            long at,
            @Nullable Thumbnail picture,
            @Nullable Answered answer,
            @Nullable Integer label) {}

    private static <V> Map<String, V> newest(int most) {
        return new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > most;
            }
        };
    }

    synchronized Tile picture(String id, String source, long at, @Nullable Thumbnail picture, @Nullable Integer label) {
        var tile = new Tile(id, source, at, picture, answers.get(id), label == null ? labels.get(id) : label);
        tiles.put(id, tile);
        return tile;
    }

    /** @return the picture that it is about, if it is on the board */
    synchronized Optional<Tile> answer(String id, Answered answer) {
        Tile before = tiles.get(id);
        if (before == null) {
            answers.put(id, answer);
            return Optional.empty();
        }
        var tile = new Tile(id, before.source, before.at, before.picture, answer, before.label);
        tiles.put(id, tile);
        return Optional.of(tile);
    }

    /** @return the picture that it is about, if it is on the board */
    synchronized Optional<Tile> label(String id, int label) {
        Tile before = tiles.get(id);
        if (before == null) {
            labels.put(id, label);
            return Optional.empty();
        }
        var tile = new Tile(id, before.source, before.at, before.picture, before.answer, label);
        tiles.put(id, tile);
        return Optional.of(tile);
    }

    /** Oldest first. */
    synchronized List<Tile> tiles() {
        return List.copyOf(tiles.values());
    }
}
