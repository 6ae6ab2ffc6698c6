package dev.hemline.quality.request;

import dev.hemline.event.LabelRequest;
import dev.hemline.event.RequestReason;
import dev.hemline.event.Score;
import dev.hemline.topic.ModelKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for in one partition, for as long as the label window, and what the labels that came of it say about each version.
 * Keeps the newest 10,000 requests. For one thread.
 */
final class RequestLedger {
    private static final int MOST_REQUESTS = 10_000;
    private static final int MOST_VERSIONS = 50;
    /** Labels that come before their sample is read are remembered for a while, so that nobody is asked in vain. */
    private static final int SCORES_REMEMBERED = 4_096;

    private final KeyValueStore<String, LabelRequest> requests;
    private final KeyValueStore<String, RequestTally> tallies;
    private final long windowMillis;
    private final RequestListener listener;
    private final Deque<String> oldestFirst;
    private final Map<String, Integer> byEpisode = new HashMap<>();
    private final Map<String, Score> scores = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Score> eldest) {
            return size() > SCORES_REMEMBERED;
        }
    };

    RequestLedger(
            KeyValueStore<String, LabelRequest> requests,
            KeyValueStore<String, RequestTally> tallies,
            long windowMillis,
            RequestListener listener) {
        this.requests = requests;
        this.tallies = tallies;
        this.windowMillis = windowMillis;
        this.listener = listener;
        oldestFirst = new ArrayDeque<>(all(requests).stream()
                .sorted(Comparator.comparing(entry -> entry.value.getRequestedAt()))
                .map(entry -> entry.key)
                .toList());
        all(requests).forEach(entry -> countEpisode(entry.value));
    }

    private void countEpisode(LabelRequest request) {
        if (!request.getEpisode().isEmpty()) {
            byEpisode.merge(request.getEpisode(), 1, Integer::sum);
        }
    }

    /** How many labels were asked for because an episode waits for them. */
    int askedFor(String episode) {
        return byEpisode.getOrDefault(episode, 0);
    }

    /** What is restored from topics may be nothing of the kind. */
    private static List<KeyValue<String, LabelRequest>> all(KeyValueStore<String, LabelRequest> store) {
        List<KeyValue<String, LabelRequest>> found = new ArrayList<>();
        try (KeyValueIterator<String, LabelRequest> entries = store.all()) {
            entries.forEachRemaining(entry -> {
                if (entry.value != null) {
                    found.add(entry);
                }
            });
        }
        return found;
    }

    /**
     * Notes a request. Whether somebody has to be asked: not where the label is there already, which counts as if it had come of it.
     * What was asked for because the model was unsure may be drawn by lot too; else what is hard would be missing among those.
     */
    boolean ask(LabelRequest request) {
        String id = request.getId();
        LabelRequest earlier = requests.get(id);
        Score known = scores.get(id);
        boolean byLot = request.getReason() == RequestReason.RANDOM;
        if (byLot ? earlier != null && earlier.getReason() == RequestReason.RANDOM : earlier != null || known != null) {
            return false;
        }
        requests.put(id, request);
        if (earlier == null) {
            oldestFirst.addLast(id);
            countEpisode(request);
        }
        if (known != null) {
            count(request, known, null);
            return false;
        }
        listener.asked(request.getReason());
        return true;
    }

    /** Whether nobody has to be asked about it any more. */
    boolean scored(Score score) {
        scores.put(score.getId(), score);
        LabelRequest request = requests.get(score.getId());
        if (request == null) {
            return false;
        }
        count(request, score, score.getReplaces());
        if (score.getReplaces() != null) {
            return false;
        }
        listener.answered(request.getReason());
        return true;
    }

    /** @param replaced the true class that this request's label had before; null where it counts for the first time */
    private void count(LabelRequest request, Score score, @Nullable Integer replaced) {
        Double inclusion = request.getInclusionProbability();
        if (request.getReason() != RequestReason.RANDOM || inclusion == null || !(inclusion > 0 && inclusion <= 1)) {
            return;
        }
        String version = new ModelKey.Manifest(score.getModelName(), score.getModelVersion()).toString();
        RequestTally before = Optional.ofNullable(tallies.get(version)).orElse(RequestTally.NONE);
        boolean right = score.getActual() == score.getPredicted();
        tallies.put(
                version,
                replaced == null || before.labels() == 0
                        ? before.plus(inclusion, right)
                        : before.corrected(inclusion, replaced == score.getPredicted(), right));
        if (before.labels() == 0) {
            makeRoomBeside(version);
        }
    }

    /** Anybody may write scores of a thousand versions; the one with the fewest labels gives way. */
    private void makeRoomBeside(String version) {
        List<KeyValue<String, RequestTally>> all = new ArrayList<>();
        try (KeyValueIterator<String, RequestTally> entries = tallies.all()) {
            entries.forEachRemaining(all::add);
        }
        if (all.size() > MOST_VERSIONS) {
            all.stream()
                    .filter(entry -> !entry.key.equals(version))
                    .min(Comparator.comparingLong(entry -> entry.value == null ? 0 : entry.value.labels()))
                    .ifPresent(fewest -> tallies.delete(fewest.key));
        }
    }

    /** @param forgotten hears of each request that nobody has to answer any more */
    void expire(long now, Consumer<LabelRequest> forgotten) {
        for (String id = oldestFirst.peekFirst(); id != null; id = oldestFirst.peekFirst()) {
            LabelRequest request = requests.get(id);
            boolean stays = request != null
                    && oldestFirst.size() <= MOST_REQUESTS
                    && now - request.getRequestedAt().toEpochMilli() <= windowMillis;
            if (stays) {
                return;
            }
            oldestFirst.removeFirst();
            if (request != null) {
                requests.delete(id);
                forgotten.accept(request);
            }
        }
    }
}
