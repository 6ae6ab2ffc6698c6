package dev.hemline.page;

import dev.hemline.event.ExperimentDecision;
import dev.hemline.event.ExperimentStanding;
import dev.hemline.service.KafkaSettings;
import dev.hemline.topic.Topic;
import dev.hemline.topic.TopicReader;
import dev.hemline.topic.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was told of comparisons, as any outsider reads it: topics {@code experiments} and {@code experiment-decisions} from their beginning
 * when it is asked for the first time, and then on from where they were read to. What it gives is for one thread.
 */
final class ExperimentTopics implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ExperimentTopics.class);
    private static final List<Topic<?, ?>> TOPICS = List.of(Topics.EXPERIMENTS, Topics.EXPERIMENT_DECISIONS);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    /** For so long nothing is told where topics are missing, or may not be read, without another try. */
    private static final long PAUSE_NANOS = Duration.ofSeconds(30).toNanos();
    /** Eleven days of one comparison that changes all the while, should compaction have left all. */
    private static final long MOST_RECORDS = 200_000;
    /** Of a look; the next one goes on from there. */
    private static final long MOST_BYTES = 64 << 20;

    private final KafkaSettings kafka;
    private ToldExperiments told = new ToldExperiments();
    private @Nullable TopicReader reader;
    private @Nullable Long refusedAt;

    /** Connects to nothing before it is asked. */
    ExperimentTopics(KafkaSettings kafka) {
        this.kafka = kafka;
    }

    /**
     * All that is known; nothing where topics are missing, or may not be read.
     *
     * @throws KafkaException if they cannot be read within some seconds
     */
    synchronized ToldExperiments read() {
        if (refusedAt != null && System.nanoTime() - refusedAt < PAUSE_NANOS) {
            return told;
        }
        refusedAt = null;
        try {
            TopicReader open = reader == null ? open() : reader;
            Topic<String, ExperimentStanding> standings = Topics.EXPERIMENTS.reading(open.writers());
            Topic<String, ExperimentDecision> decisions = Topics.EXPERIMENT_DECISIONS.reading(open.writers());
            open.readTo(open.stableEnds(TOPICS), PATIENCE, MOST_BYTES, record -> tell(record, standings, decisions));
        } catch (UnknownTopicOrPartitionException | AuthorizationException e) {
            LOG.debug("No experiment is shown", e);
            close();
            told = new ToldExperiments();
            refusedAt = System.nanoTime();
        } catch (KafkaException e) {
            close();
            throw e;
        }
        return told;
    }

    private void tell(
            ConsumerRecord<byte[], byte[]> record,
            Topic<String, ExperimentStanding> standings,
            Topic<String, ExperimentDecision> decisions) {
        if (record.topic().equals(standings.name())) {
            standings.value(record).ifPresent(told::add);
        } else {
            decisions.value(record).ifPresent(told::add);
        }
    }

    private TopicReader open() {
        int patience = Math.toIntExact(PATIENCE.toMillis());
        var opened = new TopicReader(kafka.client(Map.of("default.api.timeout.ms", patience)));
        reader = opened;
        told = new ToldExperiments();
        Map<TopicPartition, Long> from = new HashMap<>(opened.stableEnds(TOPICS));
        from.replaceAll((partition, end) -> Math.max(0, end - MOST_RECORDS));
        return opened.from(from);
    }

    @Override
    public synchronized void close() {
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }
}
