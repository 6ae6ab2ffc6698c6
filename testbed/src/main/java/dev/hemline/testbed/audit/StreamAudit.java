package dev.hemline.testbed.audit;

import dev.hemline.service.KafkaSettings;
import dev.hemline.service.UserError;
import dev.hemline.topic.EventFormats;
import dev.hemline.topic.NotYetReadableException;
import dev.hemline.topic.Topic;
import dev.hemline.topic.TopicReader;
import dev.hemline.topic.TopicReader.StalledException;
import dev.hemline.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Counts what became of every event by reading the topics, read_committed, and asking no app. An open transaction hides
 * what was written after it, so counting begins when there is none.
 */
public final class StreamAudit {
    private static final List<Topic<?, ?>> TOPICS = List.of(
            Topics.IMAGE_EVENTS, Topics.GROUND_TRUTH, Topics.CLASSIFICATIONS, Topics.IMAGE_EVENTS_DLQ, Topics.SCORES);
    /** The header of records that no app of the stream wrote, on topics that apps write; they are not counted. */
    public static final String STRANGER = "hemline-testbed-stranger";

    private static final Duration TICK = Duration.ofMillis(200);

    private final KafkaSettings kafka;
    private final EventFormats formats;
    private final Duration patience;

    /** The same where no event travels with a registered schema's id. */
    public StreamAudit(KafkaSettings kafka, Duration patience) {
        this(kafka, EventFormats.DEFAULT, patience);
    }

    /**
     * @param formats with the registry that classifiers ask: of what cannot be read, the key is taken for the id
     * @param patience how long open transactions may take to end, and the brokers to hand out the next record
     */
    public StreamAudit(KafkaSettings kafka, EventFormats formats, Duration patience) {
        this.kafka = kafka;
        this.formats = formats;
        this.patience = patience;
    }

    /** Where the topics end right now: the beginning of a window, or the end of one. */
    public Map<TopicPartition, Long> mark() {
        try (var reader = new TopicReader(kafka.client(Map.of()))) {
            return reader.writtenEnds(TOPICS);
        }
    }

    /**
     * Counts the events between two marks, and their outcomes from the first mark to the topics' present ends.
     *
     * @throws UserError if a transaction stays open, or the topics cannot be read to their ends, or not without a registry
     */
    public AuditReport count(Map<TopicPartition, Long> from, Map<TopicPartition, Long> until) {
        try (var reader = new TopicReader(kafka.client(Map.of()))) {
            Map<TopicPartition, Long> ends = awaitStableEnds(reader);
            var count = new AuditCount(formats.reading(reader.writers()));
            read(reader, Topics.IMAGE_EVENTS, from, until, count::event);
            read(reader, Topics.GROUND_TRUTH, from, ends, count::truth);
            read(reader, Topics.CLASSIFICATIONS, from, ends, count::result);
            read(reader, Topics.IMAGE_EVENTS_DLQ, from, ends, count::deadLetter);
            read(reader, Topics.SCORES, from, ends, count::score);
            return count.report();
        } catch (StalledException | NotYetReadableException e) {
            throw new UserError(String.valueOf(e.getMessage()), e);
        }
    }

    private Map<TopicPartition, Long> awaitStableEnds(TopicReader reader) {
        Instant deadline = Instant.now().plus(patience);
        while (true) {
            Map<TopicPartition, Long> stable = reader.stableEnds(TOPICS);
            Map<TopicPartition, Long> written = reader.writtenEnds(TOPICS);
            if (stable.equals(written)) {
                return stable;
            }
            if (Instant.now().isAfter(deadline)) {
                throw new UserError("Results cannot be counted: after " + patience.toSeconds()
                        + " s a transaction is still open; stable ends " + stable + ", written " + written);
            }
            pause();
        }
    }

    private void read(
            TopicReader reader,
            Topic<?, ?> topic,
            Map<TopicPartition, Long> from,
            Map<TopicPartition, Long> until,
            Consumer<ConsumerRecord<byte[], byte[]>> each) {
        Map<TopicPartition, Long> starts = new HashMap<>(from);
        starts.keySet().removeIf(partition -> !partition.topic().equals(topic.name()));
        reader.from(starts).readTo(until, patience, withoutStrangers(each));
    }

    /** The same for what reads on its own. */
    public static Consumer<ConsumerRecord<byte[], byte[]>> withoutStrangers(
            Consumer<ConsumerRecord<byte[], byte[]>> each) {
        return record -> {
            if (record.headers().lastHeader(STRANGER) == null) {
                each.accept(record);
            }
        };
    }

    private static void pause() {
        try {
            Thread.sleep(TICK.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserError("Interrupted while waiting for open transactions", e);
        }
    }
}
