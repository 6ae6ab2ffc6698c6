package dev.hemline.control.models;

import dev.hemline.model.publish.CommittedTopic;
import dev.hemline.service.KafkaProblem;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.UserError;
import dev.hemline.topic.Topics;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Reads topics {@code models} and {@code model-status} as they are right now. */
final class ModelTopics {
    /** A person waits; longer than this a broker that is there does not take. */
    private static final int PATIENCE_MS = 15_000;

    private final KafkaSettings kafka;

    ModelTopics(KafkaSettings kafka) {
        this.kafka = kafka;
    }

    /** @throws UserError if no broker answers or there is no such topic */
    Catalog catalog() {
        CatalogReader reader = new CatalogReader();
        readModels(reader::add);
        return reader.result();
    }

    /**
     * Goes through topic {@code models}, event by event.
     *
     * @throws UserError if no broker answers or there is no such topic
     */
    void readModels(Consumer<ConsumerRecord<String, byte[]>> each) {
        try {
            new CommittedTopic(Topics.MODELS.name()).read(settings(), each);
        } catch (UnknownTopicOrPartitionException e) {
            throw new UserError(
                    "There is no topic models at " + kafka.bootstrapServers()
                            + "; is --bootstrap-servers right? A trainer or classifier makes the topic",
                    e);
        } catch (KafkaException e) {
            throw KafkaProblem.error(kafka, e);
        }
    }

    /** What instances say that were heard of lately; none where no classifier has run yet. */
    InstanceReports reports() {
        InstanceReports.Reader reader = new InstanceReports.Reader();
        try {
            new CommittedTopic(Topics.MODEL_STATUS.name()).read(settings(), reader::add);
        } catch (UnknownTopicOrPartitionException e) {
            return new InstanceReports(List.of());
        } catch (KafkaException e) {
            throw KafkaProblem.error(kafka, e);
        }
        return reader.result(Instant.now());
    }

    private Map<String, Object> settings() {
        return kafka.client(Map.of(
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MS,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MS));
    }
}
