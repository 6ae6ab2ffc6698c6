package dev.hemline.classifier.prefetch;

import dev.hemline.service.trace.Tracing;
import dev.hemline.topic.BoundedConsumer;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Shows each poll to {@link PrefetchedOutcomes} and gives Kafka Streams as much of it as is taken on. What is not, is kept
 * and shown again with the next poll; meanwhile nothing more of its partition is fetched.
 */
final class PrefetchingConsumer extends BoundedConsumer<byte[], byte[]> {
    /** Before it is shown again what nothing was taken of, while an event of another thread's is tried alone. */
    private static final Duration REFUSED = Duration.ofMillis(5);

    /** As much as one poll may have of large events: polls of other partitions must not add up to the heap. */
    private static final long MOST_KEPT = Runtime.getRuntime().maxMemory() / 16;

    private final PrefetchedOutcomes prefetched;
    private final BooleanSupplier room;
    private final Tracing tracing;
    private final Untaken untaken = new Untaken();
    private final Set<TopicPartition> pausedHere = new HashSet<>();
    private Duration pause = Duration.ZERO;

    PrefetchingConsumer(
            Map<String, Object> config,
            int eventBytes,
            PrefetchedOutcomes prefetched,
            BooleanSupplier room,
            Tracing tracing) {
        super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer(), eventBytes);
        this.prefetched = prefetched;
        this.room = room;
        this.tracing = tracing;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        boolean hadRoom = room.getAsBoolean();
        boolean waiting = hadRoom && !paused().containsAll(untaken.partitions());
        boolean fetching = hadRoom && untaken.bytes() < MOST_KEPT;
        ConsumerRecords<byte[], byte[]> polled =
                pollWithout(fetching ? untaken.partitions() : assignment(), waiting ? pause : timeout);
        ConsumerRecords<byte[], byte[]> offered = untaken.before(polled, paused());
        // While this thread waited for records, others may have filled the room.
        ConsumerRecords<byte[], byte[]> taken = untaken.keep(
                offered, room.getAsBoolean() ? prefetched.polled(offered, this::end) : Untaken.beginnings(offered));
        pause = taken.isEmpty() ? REFUSED : Duration.ZERO;
        return taken;
    }

    private long end(TopicPartition partition) {
        return super.position(partition) + currentLag(partition).orElse(0);
    }

    /** At least for the sake of the group; paused, partitions keep what they have fetched. */
    private ConsumerRecords<byte[], byte[]> pollWithout(Collection<TopicPartition> partitions, Duration timeout) {
        pausedHere.addAll(partitions);
        pausedHere.removeAll(paused());
        super.pause(pausedHere);
        try {
            return super.poll(timeout);
        } finally {
            pausedHere.retainAll(assignment());
            resume(pausedHere);
            pausedHere.clear();
        }
    }

    /** How Kafka Streams commits where there are no transactions. */
    @Override
    public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
        super.commitSync(offsets);
        tracing.committed();
    }

    /** Also called from within a poll: what came back without a task that is ready stays paused until there is one. */
    @Override
    public void pause(Collection<TopicPartition> partitions) {
        pausedHere.removeAll(partitions);
        super.pause(partitions);
    }

    @Override
    public void subscribe(Collection<String> topics, ConsumerRebalanceListener listener) {
        super.subscribe(topics, dropping(listener));
    }

    /** A partition that comes back begins where it was committed, even if it was gone within one poll. */
    private ConsumerRebalanceListener dropping(ConsumerRebalanceListener listener) {
        return new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                // Kafka Streams commits here, for which it may ask for positions.
                listener.onPartitionsRevoked(partitions);
                untaken.drop(partitions);
            }

            @Override
            public void onPartitionsLost(Collection<TopicPartition> partitions) {
                untaken.drop(partitions);
                listener.onPartitionsLost(partitions);
            }

            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                untaken.drop(partitions);
                listener.onPartitionsAssigned(partitions);
            }
        };
    }

    @Override
    public void unsubscribe() {
        super.unsubscribe();
        untaken.drop(List.copyOf(untaken.partitions()));
    }

    @Override
    public void seek(TopicPartition partition, long offset) {
        untaken.drop(List.of(partition));
        super.seek(partition, offset);
    }

    @Override
    public void seek(TopicPartition partition, OffsetAndMetadata offset) {
        untaken.drop(List.of(partition));
        super.seek(partition, offset);
    }

    @Override
    public void seekToBeginning(Collection<TopicPartition> partitions) {
        untaken.drop(partitions);
        super.seekToBeginning(partitions);
    }

    @Override
    public void seekToEnd(Collection<TopicPartition> partitions) {
        untaken.drop(partitions);
        super.seekToEnd(partitions);
    }

    @Override
    public long position(TopicPartition partition) {
        OptionalLong kept = untaken.position(partition);
        return kept.isPresent() ? kept.getAsLong() : super.position(partition);
    }

    @Override
    public long position(TopicPartition partition, Duration timeout) {
        OptionalLong kept = untaken.position(partition);
        return kept.isPresent() ? kept.getAsLong() : super.position(partition, timeout);
    }
}
