package dev.hemline.page;

import dev.hemline.service.KafkaSettings;
import dev.hemline.topic.DeadLetterHeaders;
import dev.hemline.topic.EventFormats;
import dev.hemline.topic.EventIdentity;
import dev.hemline.topic.Topic;
import dev.hemline.topic.TopicReader;
import dev.hemline.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads from now on, as any outsider may: all results, labels and rejects of all instances, and about once a second the newest
 * image event, from its partitions in turn. What it cannot keep up with it skips. For one thread, as its readers are.
 */
final class PageTopics implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PageTopics.class);
    private static final List<Topic<?, ?>> TOLD =
            List.of(Topics.CLASSIFICATIONS, Topics.GROUND_TRUTH, Topics.IMAGE_EVENTS_DLQ);
    private static final List<Topic<?, ?>> SAMPLED = List.of(Topics.IMAGE_EVENTS);
    private static final Duration TICK = Duration.ofMillis(100);
    private static final Duration BETWEEN_SAMPLES = Duration.ofMillis(900);
    private static final Duration SAMPLE_PATIENCE = Duration.ofMillis(300);
    private static final Duration API_PATIENCE = Duration.ofSeconds(10);
    /** A batch of a few kB may unpack to records of a megabyte each. */
    private static final int POLLED = 100;

    private static final int FETCHED_BYTES = 1 << 20;
    private static final long TOO_FAR_BEHIND = 20_000;

    private final EventFormats formats;
    private final PictureFeed feed;
    private final TopicReader told;
    private final TopicReader events;
    private final Map<TopicPartition, Long> sampled = new HashMap<>();
    private Instant nextSample = Instant.now();
    private int turn;

    /** @throws org.apache.kafka.common.KafkaException if brokers do not answer */
    PageTopics(KafkaSettings kafka, EventFormats formats, PictureFeed feed) {
        this.feed = feed;
        told = reader(kafka, POLLED);
        this.formats = formats.reading(told.writers());
        events = reader(kafka, 1);
        try {
            told.fromNow(TOLD);
            sampled.putAll(events.stableEnds(SAMPLED));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private static TopicReader reader(KafkaSettings kafka, int records) {
        return new TopicReader(kafka.client(Map.of(
                "max.poll.records", records,
                "fetch.max.bytes", FETCHED_BYTES,
                "default.api.timeout.ms", Math.toIntExact(API_PATIENCE.toMillis()))));
    }

    /** Tells of what is there, waiting for something for a moment. */
    void read() {
        ConsumerRecords<byte[], byte[]> records = told.poll(TICK);
        records.forEach(this::tell);
        if (records.count() == POLLED && told.lag() > TOO_FAR_BEHIND) {
            told.fromNow(TOLD);
        }
        if (Instant.now().isAfter(nextSample)) {
            nextSample = Instant.now().plus(BETWEEN_SAMPLES);
            sample();
        }
    }

    private void sample() {
        Map<TopicPartition, Long> ends = events.stableEnds(SAMPLED);
        List<TopicPartition> fresh = ends.keySet().stream()
                .filter(partition -> end(ends, partition) > end(sampled, partition))
                .toList();
        if (!fresh.isEmpty()) {
            TopicPartition next = fresh.get(Math.floorMod(turn++, fresh.size()));
            sampled.put(next, end(ends, next));
            events.read(next, end(ends, next) - 1, SAMPLE_PATIENCE).ifPresent(this::tell);
        }
    }

    private static long end(Map<TopicPartition, Long> ends, TopicPartition partition) {
        return ends.getOrDefault(partition, 0L);
    }

    private void tell(ConsumerRecord<byte[], byte[]> record) {
        try {
            if (record.topic().equals(Topics.IMAGE_EVENTS_DLQ.name())) {
                rejected(record);
            } else if (record.topic().equals(Topics.CLASSIFICATIONS.name())) {
                feed.classified(formats.results().read(record));
            } else if (record.topic().equals(Topics.GROUND_TRUTH.name())) {
                feed.labelled(formats.labels().read(record));
            } else {
                feed.sampled(formats.images().read(record));
            }
        } catch (RuntimeException e) {
            // One record is not worth those that come meanwhile, which a new reader would not see.
            LOG.debug("Not shown: {}", e.toString());
        }
    }

    private void rejected(ConsumerRecord<byte[], byte[]> letter) {
        feed.rejected(
                EventIdentity.ofDeadLetter(letter, formats.images()),
                DeadLetterHeaders.text(letter, DeadLetterHeaders.REASON).orElse(""),
                DeadLetterHeaders.text(letter, DeadLetterHeaders.MESSAGE).orElse(""));
    }

    @Override
    public void close() {
        told.close();
        events.close();
    }
}
