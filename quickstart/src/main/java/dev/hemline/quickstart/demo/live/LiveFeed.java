package dev.hemline.quickstart.demo.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hemline.event.ModelManifest;
import dev.hemline.service.KafkaSettings;
import dev.hemline.testbed.stream.TopicFollower;
import dev.hemline.topic.DeadLetterHeaders;
import dev.hemline.topic.EventFormats;
import dev.hemline.topic.EventIdentity;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.ModelKey;
import dev.hemline.topic.TopicReader;
import dev.hemline.topic.Topics;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the topics in a thread of its own and tells a {@link LiveView} what it reads. */
public final class LiveFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveFeed.class);

    private final EventFormats formats;
    private final LiveView view;
    private final EventSerde<ModelManifest> manifests;
    private final TopicFollower follower;

    /** Reads events and outcomes from {@code marks} on, and all models. */
    public LiveFeed(KafkaSettings kafka, EventFormats formats, Map<TopicPartition, Long> marks, LiveView view) {
        this.view = view;
        Map<TopicPartition, Long> offsets = new HashMap<>(marks);
        offsets.put(new TopicPartition(Topics.MODELS.name(), 0), 0L);
        TopicReader reader = new TopicReader(kafka.client(Map.of())).from(offsets);
        this.formats = formats.reading(reader.writers());
        this.manifests = EventSerde.of(ModelManifest.class).reading(reader.writers());
        this.follower = TopicFollower.start("live-feed", reader, records -> records.forEach(this::show));
    }

    private void show(ConsumerRecord<byte[], byte[]> record) {
        try {
            tell(record, Instant.now());
        } catch (RuntimeException e) {
            // One record of a stranger's must not end the display of all others.
            LOG.warn("{}-{}@{}: {}", record.topic(), record.partition(), record.offset(), e.getMessage());
        }
    }

    private void tell(ConsumerRecord<byte[], byte[]> record, Instant now) {
        String topic = record.topic();
        if (topic.equals(Topics.IMAGE_EVENTS.name())) {
            view.event(EventIdentity.event(record, formats.images()));
        } else if (topic.equals(Topics.CLASSIFICATIONS.name())) {
            view.result(formats.results().read(record), now);
        } else if (topic.equals(Topics.IMAGE_EVENTS_DLQ.name())) {
            view.reject(DeadLetterHeaders.text(record, DeadLetterHeaders.REASON).orElse("other"));
        } else if (topic.equals(Topics.GROUND_TRUTH.name())) {
            view.truth(formats.labels().read(record));
        } else if (topic.equals(Topics.MODELS.name())) {
            model(record);
        }
    }

    private void model(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() != null
                && record.value() != null
                && ModelKey.parse(new String(record.key(), UTF_8)) instanceof ModelKey.Manifest) {
            view.model(manifests.decode(record.value()), Instant.ofEpochMilli(record.timestamp()));
        }
    }

    @Override
    public void close() {
        follower.close();
    }
}
