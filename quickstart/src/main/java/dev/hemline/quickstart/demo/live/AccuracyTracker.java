package dev.hemline.quickstart.demo.live;

import dev.hemline.quickstart.demo.live.LiveStatus.Accuracy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.cache.LRUCache;

/**
 * Brings each result together with its true label, whichever comes first, and keeps the score: of the last results and
 * per version. What waits for its counterpart is bounded; the oldest is forgotten and so not scored.
 */
final class AccuracyTracker {
    private static final int RECENT = 1000;
    private static final int MAX_WAITING = 200_000;

    private record Answer(int version, int label) {}

    private final LRUCache<String, Integer> labels = new LRUCache<>(MAX_WAITING);
    private final LRUCache<String, Answer> answers = new LRUCache<>(MAX_WAITING);
    private final Deque<Boolean> lastResults = new ArrayDeque<>(RECENT);
    private final SortedMap<Integer, Accuracy> perVersion = new TreeMap<>();
    private Accuracy recent = Accuracy.NONE;

    void label(String id, int label) {
        Answer answer = answers.get(id);
        if (answer == null) {
            labels.put(id, label);
        } else {
            answers.remove(id);
            score(answer.version, answer.label == label);
        }
    }

    void answer(String id, int version, int label) {
        Integer truth = labels.get(id);
        if (truth == null) {
            answers.put(id, new Answer(version, label));
        } else {
            labels.remove(id);
            score(version, truth == label);
        }
    }

    private void score(int version, boolean right) {
        perVersion.merge(version, Accuracy.NONE.plus(right), (score, one) -> score.plus(right));
        lastResults.add(right);
        recent = recent.plus(right);
        if (lastResults.size() > RECENT) {
            recent = recent.minus(lastResults.remove());
        }
    }

    /** Of the last 1,000 results whose truth is known. */
    Accuracy recent() {
        return recent;
    }

    SortedMap<Integer, Accuracy> perVersion() {
        return new TreeMap<>(perVersion);
    }
}
