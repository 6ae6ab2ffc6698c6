package dev.hemline.producer;

import dev.hemline.service.KafkaSettings;
import dev.hemline.service.UserError;
import dev.hemline.topic.TopicCreation;
import dev.hemline.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that the topics written to are there, with their partitions; a broker's own defaults would not fit. */
final class ProducerTopics {

    private static final Logger LOG = LoggerFactory.getLogger(ProducerTopics.class);
    private static final int PATIENCE_MILLIS = (int) Duration.ofSeconds(30).toMillis();

    private ProducerTopics() {}

    /** @throws UserError if Kafka cannot be reached within 30 seconds, or refuses */
    static void ensure(KafkaSettings kafka) {
        try (Admin admin =
                Admin.create(kafka.client(Map.of(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS)))) {
            for (var outcome : new TopicCreation(admin).ensure(List.of(Topics.IMAGE_EVENTS, Topics.GROUND_TRUTH))) {
                if (outcome instanceof TopicCreation.Outcome.Differs differs) {
                    LOG.warn(
                            "Topic {} is used as it is: {}", differs.topic(), String.join("; ", differs.differences()));
                }
            }
        } catch (KafkaException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw new UserError(
                    "Cannot use Kafka at " + kafka.bootstrapServers() + ": " + reason.getMessage()
                            + ". Are the brokers up? Others are named with --bootstrap-servers.",
                    e);
        }
    }
}
