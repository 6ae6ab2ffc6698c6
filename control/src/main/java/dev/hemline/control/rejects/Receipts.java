package dev.hemline.control.rejects;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hemline.service.KafkaSettings;
import dev.hemline.service.UserError;
import dev.hemline.topic.Topic;
import dev.hemline.topic.Topics;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

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
    static Receipts read(KafkaSettings kafka, DeadLetters reader) {
        try (Admin admin = Admin.create(kafka.client(Map.of()))) {
            Uuid letters = topicId(admin, Topics.IMAGE_EVENTS_DLQ)
                    .orElseThrow(() -> new UserError("Topic " + Topics.IMAGE_EVENTS_DLQ
                            + " is not there; 'hemline classifier' makes it when it starts"));
            Receipts receipts = new Receipts(letters.toString());
            if (topicId(admin, Topics.IMAGE_EVENTS_REPLAYS).isPresent()) {
                reader.forEach(Topics.IMAGE_EVENTS_REPLAYS, record -> {
                    if (record.key() != null) {
                        receipts.keys.add(new String(record.key(), UTF_8));
                    }
                });
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

    /** By its name: a list of topics would leave out those that this user may not see. */
    private static Optional<Uuid> topicId(Admin admin, Topic<?, ?> topic)
            throws ExecutionException, InterruptedException {
        try {
            return admin.describeTopics(List.of(topic.name())).allTopicNames().get().values().stream()
                    .map(TopicDescription::topicId)
                    .findFirst();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw e;
        }
    }

    boolean has(DeadLetter letter) {
        return keys.contains(key(letter));
    }

    ProducerRecord<byte[], byte[]> receipt(DeadLetter letter) {
        return new ProducerRecord<>(
                Topics.IMAGE_EVENTS_REPLAYS.name(),
                key(letter).getBytes(UTF_8),
                letter.name().getBytes(UTF_8));
    }

    private String key(DeadLetter letter) {
        return topicId + "/" + letter.place();
    }
}
