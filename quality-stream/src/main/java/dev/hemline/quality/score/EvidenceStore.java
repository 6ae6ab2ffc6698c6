package dev.hemline.quality.score;

import dev.hemline.event.Answer;
import dev.hemline.event.Evidence;
import dev.hemline.topic.ModelKey;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;

/** What is known about each id, for as long as the label window; what is older is as if it had never been. */
final class EvidenceStore {
    private final WindowStore<String, Evidence> store;
    private final long windowMillis;

    EvidenceStore(WindowStore<String, Evidence> store, Duration window) {
        this.store = store;
        this.windowMillis = window.toMillis();
    }

    /** @param since when the window began, in milliseconds since 1970 */
    record Known(Evidence evidence, long since) {}

    Optional<Known> find(String id, long now) {
        // What another instance kept may be of a clock that is ahead.
        try (WindowStoreIterator<Evidence> newestFirst =
                store.backwardFetch(id, now - windowMillis, now + windowMillis)) {
            if (!newestFirst.hasNext()) {
                return Optional.empty();
            }
            KeyValue<Long, Evidence> newest = newestFirst.next();
            return Optional.ofNullable(newest.value).map(known -> new Known(plausible(known), newest.key));
        }
    }

    /** Earlier releases kept whatever answers said. */
    private static Evidence plausible(Evidence known) {
        return known.getAnswers().stream().allMatch(EvidenceStore::isPossible)
                ? known
                : Evidence.newBuilder(known)
                        .setAnswers(known.getAnswers().stream()
                                .filter(EvidenceStore::isPossible)
                                .toList())
                        .build();
    }

    private static boolean isPossible(Answer answer) {
        return ModelKey.isVersion(answer.getModelName(), answer.getModelVersion())
                && answer.getPredicted() >= 0
                && answer.getPredicted() < answer.getClasses();
    }

    void forget(String id, long since) {
        store.put(id, null, since);
    }

    /** The window begins at {@code since}. */
    void put(String id, Evidence evidence, long since) {
        store.put(id, evidence, since);
    }

    /** The window begins anew. */
    void renew(String id, Evidence evidence, long before, long now) {
        if (before != now) {
            store.put(id, null, before);
        }
        store.put(id, evidence, now);
    }
}
