package dev.hemline.service;

import dev.hemline.topic.Topic;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Looks whether brokers answer and an app's topics are there: Kafka's clients wait for either without a word. */
public final class KafkaWatch extends Watch {
    /** Brokers that are busy, or hand over to one another, need a moment. */
    private static final long SILENCE_NANOS = Duration.ofSeconds(15).toNanos();

    private final KafkaSettings kafka;
    private final List<String> topics;
    private final Brokers brokers;
    private long lastAnswer;

    /** What is asked of brokers. */
    interface Brokers {
        Map<String, KafkaFuture<TopicDescription>> describe(Collection<String> topics);
    }

    /** @param end what closing ends, too */
    KafkaWatch(
            KafkaSettings kafka,
            Collection<? extends Topic<?, ?>> topics,
            Brokers brokers,
            Runnable end,
            LongSupplier nanoTime) {
        super("kafka-watch", "Kafka is not as it should be", "Kafka is as it should be again", end, nanoTime);
        this.kafka = kafka;
        this.topics = topics.stream().<String>map(Topic::name).toList();
        this.brokers = brokers;
        lastAnswer = nanoTime.getAsLong();
    }

    /**
     * Begins to look.
     *
     * @param topics that the app cannot do without
     */
    public static KafkaWatch start(KafkaSettings kafka, Collection<? extends Topic<?, ?>> topics) {
        Admin admin = kafka.admin(PATIENCE_MS);
        var watch = new KafkaWatch(
                kafka,
                topics,
                names -> admin.describeTopics(names).topicNameValues(),
                () -> admin.close(Duration.ZERO),
                System::nanoTime);
        watch.start();
        return watch;
    }

    @Override
    void look() {
        try {
            Optional<String> missing = missing();
            lastAnswer = nanoTime.getAsLong();
            tell(missing);
        } catch (ExecutionException e) {
            unanswered(Objects.requireNonNullElse(e.getCause(), e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<String> missing() throws ExecutionException, InterruptedException {
        Map<String, KafkaFuture<TopicDescription>> answers = brokers.describe(topics);
        for (String topic : topics) {
            try {
                Optional<String> headless =
                        withoutLeader(Objects.requireNonNull(answers.get(topic)).get());
                if (headless.isPresent()) {
                    return headless;
                }
            } catch (ExecutionException e) {
                if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                    return Optional.of("topic " + topic
                            + " is gone; './hemline topics create' makes it anew, without what was on it");
                }
                throw e;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> withoutLeader(TopicDescription topic) {
        return topic.partitions().stream()
                .filter(partition -> partition.leader() == null)
                .findFirst()
                .map(partition -> "partition " + partition.partition() + " of topic " + topic.name()
                        + " has no leader; the brokers that keep it are down");
    }

    private void unanswered(Throwable reason) {
        if (!(reason instanceof RetriableException)) {
            // Brokers that refuse do answer, and whoever may not look may still work.
            lastAnswer = nanoTime.getAsLong();
            tell(Optional.empty());
        } else if (nanoTime.getAsLong() - lastAnswer >= SILENCE_NANOS) {
            tell(Optional.of(KafkaProblem.sentence(kafka, reason)));
        }
    }
}
