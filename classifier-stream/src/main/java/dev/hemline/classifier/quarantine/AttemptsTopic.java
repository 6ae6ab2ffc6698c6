package dev.hemline.classifier.quarantine;

import dev.hemline.event.EventAttempts;
import dev.hemline.service.CompactedTopic;
import dev.hemline.service.KafkaSettings;
import dev.hemline.topic.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Topic {@code image-events-attempts}; of it, what one application wrote. Thread-safe. */
final class AttemptsTopic implements AttemptsLog {
    /** Well within the time that a group waits for a consumer that polls, and within that in which a program ends. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Billions of times more than partitions are taken; beyond it, counting on would overflow one day. */
    private static final long LAST_EPOCH = Long.MAX_VALUE / 2;

    private final CompactedTopic<EventAttempts> topic;
    private final String prefix;
    private final Map<String, EventAttempts> newest = new ConcurrentHashMap<>();

    AttemptsTopic(KafkaSettings kafka, String applicationId) {
        prefix = applicationId + "/";
        Predicate<String> ours =
                Pattern.compile(Pattern.quote(prefix) + "\\d{1,5}").asMatchPredicate();
        topic = new CompactedTopic<>(kafka, Topics.IMAGE_EVENTS_ATTEMPTS, ours, PATIENCE);
    }

    @Override
    public Optional<EventAttempts> newest(int partition) {
        topic.readNew(this::heard);
        return Optional.ofNullable(newest.get(key(partition)));
    }

    private void heard(String key, @Nullable EventAttempts attempts) {
        if (attempts == null) {
            newest.remove(key);
        } else if (attempts.getEpoch() <= LAST_EPOCH) {
            newest.merge(key, attempts, AttemptsTopic::later);
        }
    }

    /** A process that was frozen may write late. */
    static EventAttempts later(EventAttempts before, EventAttempts now) {
        return now.getEpoch() < before.getEpoch() ? before : now;
    }

    private String key(int partition) {
        return prefix + partition;
    }

    @Override
    public void write(int partition, EventAttempts attempts) {
        topic.write(key(partition), attempts);
    }

    @Override
    public void send(int partition, EventAttempts attempts) {
        topic.send(key(partition), attempts);
    }

    @Override
    public void close() {
        topic.close();
    }
}
