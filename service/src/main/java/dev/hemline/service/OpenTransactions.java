package dev.hemline.service;

import static java.util.stream.Collectors.toMap;

import dev.hemline.topic.Topic;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * Looks whether somebody's transaction on a topic stays open: readers of what is committed get nothing that was written after
 * it began, have no lag by their own figures, and Kafka's clients say no word. Series
 * {@code hemline_open_transaction_seconds} tells for how long.
 */
public final class OpenTransactions extends Watch {
    /** Brokers end one that its producer left after 60 s, unless that asked for more, and look every 10 s. */
    private static final long LASTING_NANOS = Duration.ofSeconds(90).toNanos();

    private final KafkaSettings kafka;
    private final Ends ends;
    private Map<TopicPartition, Held> held = Map.of();
    private volatile long longestNanos;

    /** Since when readers of a partition have stood at this offset with more behind it. */
    private record Held(long offset, long sinceNanos) {}

    /** The end of each partition of a topic, as readers see it. */
    interface Ends {
        Map<TopicPartition, Long> of(IsolationLevel readers) throws ExecutionException, InterruptedException;
    }

    /** @param end what closing ends, too */
    OpenTransactions(KafkaSettings kafka, Ends ends, Runnable end, MeterRegistry registry, LongSupplier nanoTime) {
        super(
                "open-transactions",
                "Not all that is written can be read",
                "The transaction has ended, and what waited behind it is read",
                end,
                nanoTime);
        this.kafka = kafka;
        this.ends = ends;
        Gauge.builder("hemline.open.transaction", () -> longestNanos / 1e9)
                .description("How long events have waited behind somebody's open transaction; 0 while none do")
                .baseUnit("seconds")
                .register(registry);
    }

    /** Begins to look at a topic. */
    public static OpenTransactions start(KafkaSettings kafka, Topic<?, ?> topic, MeterRegistry registry) {
        Admin admin = kafka.admin(PATIENCE_MS);
        var watch = new OpenTransactions(
                kafka,
                readers -> ends(admin, topic.name(), readers),
                () -> admin.close(Duration.ZERO),
                registry,
                System::nanoTime);
        watch.start();
        return watch;
    }

    private static Map<TopicPartition, Long> ends(Admin admin, String topic, IsolationLevel readers)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> latest = Objects.requireNonNull(admin.describeTopics(List.of(topic))
                        .allTopicNames()
                        .get()
                        .get(topic))
                .partitions()
                .stream()
                .collect(toMap(
                        partition -> new TopicPartition(topic, partition.partition()),
                        partition -> OffsetSpec.latest()));
        return admin.listOffsets(latest, new ListOffsetsOptions(readers)).all().get().entrySet().stream()
                .collect(toMap(Map.Entry::getKey, end -> end.getValue().offset()));
    }

    @Override
    void look() {
        try {
            // In this order, so that what is committed in between is not taken for what is not.
            Map<TopicPartition, Long> written = ends.of(IsolationLevel.READ_UNCOMMITTED);
            Map<TopicPartition, Long> readable = ends.of(IsolationLevel.READ_COMMITTED);
            compare(written, readable);
        } catch (ExecutionException | RuntimeException e) {
            // Brokers that do not answer are told of elsewhere; what was seen before stands.
            log.debug("It is not known whether transactions are open", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void compare(Map<TopicPartition, Long> written, Map<TopicPartition, Long> readable) {
        long now = nanoTime.getAsLong();
        Map<TopicPartition, Held> next = new HashMap<>();
        readable.forEach((partition, offset) -> {
            if (offset < written.getOrDefault(partition, 0L)) {
                Held before = held.get(partition);
                next.put(partition, before != null && before.offset() == offset ? before : new Held(offset, now));
            }
        });
        held = next;
        var oldest = next.entrySet().stream()
                .min(Comparator.comparingLong(entry -> entry.getValue().sinceNanos() - now));
        longestNanos = oldest.map(entry -> now - entry.getValue().sinceNanos()).orElse(0L);
        tell(
                longestNanos < LASTING_NANOS
                        ? Optional.empty()
                        : oldest.map(entry -> sentence(entry.getKey(), entry.getValue())));
    }

    private String sentence(TopicPartition at, Held transaction) {
        return "events of partition %s of topic %s wait behind a transaction that somebody opened at offset %s and does not end; 'kafka-transactions.sh --bootstrap-server %s abort --topic %s --partition %s --start-offset %s' ends it"
                .formatted(
                        at.partition(),
                        at.topic(),
                        transaction.offset(),
                        kafka.bootstrapServers(),
                        at.topic(),
                        at.partition(),
                        transaction.offset());
    }
}
