package dev.hemline.page;

import dev.hemline.event.Episode;
import dev.hemline.event.EpisodeState;
import dev.hemline.topic.EventChecks;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What topic {@code episodes} has told of one model, in its order: the newest of each of the hundred that were told of last. Whoever may write
 * there may write anything; what no trainer would say counts for nothing. Not for several threads.
 */
final class ToldEpisodes {
    private static final int REMEMBERED = 100;

    private final String model;
    private final Map<String, Episode> newest = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Episode> eldest) {
            return size() > REMEMBERED;
        }
    };

    ToldEpisodes(String model) {
        this.model = model;
    }

    /**
     * Something was told.
     *
     * @param id the record's key
     * @param episode null for one that is forgotten
     */
    void tell(String id, @Nullable Episode episode) {
        newest.remove(id);
        boolean counts = episode != null
                && episode.getId().equals(id)
                && episode.getModelName().equals(model)
                && EventChecks.fault(episode).isEmpty();
        if (counts) {
            newest.put(id, episode);
        }
    }

    /** Open ones before those that have ended, of either the newest first. */
    List<Episode> newestFirst() {
        return newest.values().stream()
                .sorted(Comparator.comparing((Episode episode) -> episode.getState() == EpisodeState.ENDED)
                        .thenComparing(Episode::getBegunAt, Comparator.reverseOrder()))
                .toList();
    }
}
