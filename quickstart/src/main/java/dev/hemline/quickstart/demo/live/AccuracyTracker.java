package dev.hemline.quickstart.demo.live;

import dev.hemline.quickstart.demo.live.LiveStatus.Accuracy;
import java.time.Instant;
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

    private record Answer(int version, int label, Instant at) {}

    private final LRUCache<String, Integer> labels = new LRUCache<>(MAX_WAITING);
    private final LRUCache<String, Answer> answers = new LRUCache<>(MAX_WAITING);
    private final Deque<Boolean> lastResults = new ArrayDeque<>(RECENT);
    private final SortedMap<Integer, Accuracy> perVersion = new TreeMap<>();
    private final AccuracyCourse course = new AccuracyCourse();
    private Accuracy recent = Accuracy.NONE;

    void label(String id, int label) {
        Answer answer = answers.get(id);
        if (answer == null) {
            labels.put(id, label);
        } else {
            answers.remove(id);
            score(answer, label);
        }
    }

    /** @param at when it was given */
    void answer(String id, int version, int label, Instant at) {
        var answer = new Answer(version, label, at);
        Integer truth = labels.get(id);
        if (truth == null) {
            answers.put(id, answer);
        } else {
            labels.remove(id);
            score(answer, truth);
        }
    }

    private void score(Answer answer, int truth) {
        boolean right = answer.label == truth;
        int version = answer.version;
        course.add(answer.at, version, right);
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

    /** Of every second. */
    AccuracyCourse course() {
        return course;
    }

    SortedMap<Integer, Accuracy> perVersion() {
        return new TreeMap<>(perVersion);
    }
}
