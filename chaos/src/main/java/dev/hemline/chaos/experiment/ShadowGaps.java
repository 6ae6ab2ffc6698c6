package dev.hemline.chaos.experiment;

import dev.hemline.event.Classification;
import dev.hemline.topic.ModelKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Events that a challenger should have answered and did not, and answers that it gave twice. It has to answer every good event of its
 * share as long as a version challenges that it has not refused; in between it skips events. So between two answers by one version on a
 * partition there is no event without one, unless another version was named meanwhile.
 */
public final class ShadowGaps {
    private final Map<Integer, List<String>> events = new TreeMap<>();
    private final Map<String, Integer> sent = new HashMap<>();
    private final Map<String, Answer> answers = new HashMap<>();
    private final TreeSet<Instant> named = new TreeSet<>();
    private long answered;
    private long twice;

    private record Answer(int version, Instant at) {}

    /** A good event of the share; those of a partition in order. */
    public void event(int partition, String id) {
        events.computeIfAbsent(partition, first -> new ArrayList<>()).add(id);
        sent.merge(id, 1, Integer::sum);
    }

    /** Something was said about which version challenges. */
    public void steering(String key, Instant at) {
        if (key.equals(new ModelKey.Alias(Trials.MODEL, ModelKey.Alias.CHALLENGER).toString())) {
            named.add(at);
        }
    }

    public void answer(Classification result) {
        answered++;
        Answer before = answers.put(result.getId(), new Answer(result.getModelVersion(), result.getClassifiedAt()));
        if (before != null && sent.getOrDefault(result.getId(), 0) <= 1) {
            twice++;
        }
    }

    public long answered() {
        return answered;
    }

    /** Answers beyond one per event. */
    public long twice() {
        return twice;
    }

    /** Events without an answer. */
    public long missing() {
        return events.values().stream().mapToLong(this::missing).sum();
    }

    private long missing(List<String> ids) {
        long missing = 0;
        long waiting = 0;
        Answer last = null;
        for (String id : ids) {
            Answer answer = answers.get(id);
            if (answer == null) {
                waiting++;
                continue;
            }
            if (last != null && last.version == answer.version && isNoneNamed(last.at, answer.at)) {
                missing += waiting;
            }
            waiting = 0;
            last = answer;
        }
        return missing + (isStillTried(last) ? waiting : 0);
    }

    private boolean isNoneNamed(Instant from, Instant to) {
        Instant next = named.higher(from);
        return next == null || next.isAfter(to);
    }

    private boolean isStillTried(@Nullable Answer last) {
        return last != null && named.higher(last.at) == null;
    }
}
