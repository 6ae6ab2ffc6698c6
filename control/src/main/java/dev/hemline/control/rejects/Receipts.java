package dev.hemline.control.rejects;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hemline.service.KafkaSettings;
import dev.hemline.service.UserError;
import dev.hemline.topic.Topics;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Which letters were replayed, as topic {@code image-events-replays} has it. A receipt names the dead-letter topic by its
 * id too: were that topic deleted and made anew, its offsets would begin again.
 */
final class Receipts {
    private final String topicId;
    private final Set<String> keys = new HashSet<>();

    private Receipts(String topicId) {
        this.topicId = topicId;
    }

    /** Those that are committed now; none if the topic is not there yet. */
    static Receipts read(KafkaSettings kafka, TopicReader reader) {
        try (Admin admin = Admin.create(kafka.client(Map.of()))) {
            Set<String> topics = admin.listTopics().names().get();
            if (!topics.contains(Topics.IMAGE_EVENTS_DLQ.name())) {
                throw new UserError("Topic " + Topics.IMAGE_EVENTS_DLQ
                        + " is not there; 'hemline classifier' makes it when it starts");
            }
            var described = admin.describeTopics(List.of(Topics.IMAGE_EVENTS_DLQ.name()))
                    .allTopicNames()
                    .get();
            Receipts receipts =
                    new Receipts(described.values().iterator().next().topicId().toString());
            if (topics.contains(Topics.IMAGE_EVENTS_REPLAYS.name())) {
                reader.readAll(
                        Topics.IMAGE_EVENTS_REPLAYS, record -> receipts.keys.add(new String(record.key(), UTF_8)));
            }
            return receipts;
        } catch (ExecutionException e) {
            throw new UserError(
                    "Kafka at " + kafka.bootstrapServers() + " does not tell about its topics: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserError("Interrupted while asking Kafka about its topics", e);
        }
    }

    boolean has(Letter letter) {
        return keys.contains(key(letter));
    }

    ProducerRecord<byte[], byte[]> receipt(Letter letter) {
        return new ProducerRecord<>(
                Topics.IMAGE_EVENTS_REPLAYS.name(),
                key(letter).getBytes(UTF_8),
                letter.name().getBytes(UTF_8));
    }

    private String key(Letter letter) {
        return topicId + "/" + letter.place();
    }
}
