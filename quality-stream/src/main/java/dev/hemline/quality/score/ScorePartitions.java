package dev.hemline.quality.score;

import dev.hemline.service.KafkaSettings;
import dev.hemline.service.UserError;
import dev.hemline.topic.Topics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Over how many partitions scores are spread: as many as results, and as state was so far. */
final class ScorePartitions {
    private static final int PATIENCE_MS = 30_000;

    private ScorePartitions() {}

    /** @throws UserError if state was kept for another number of partitions, or brokers do not tell */
    static int of(KafkaSettings kafka, String applicationId) {
        String labels = applicationId + "-" + ScoreTopology.LABELS_BY_ID + "-repartition";
        try (Admin admin =
                Admin.create(kafka.client(Map.of(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MS)))) {
            int results = partitions(admin, Topics.CLASSIFICATIONS.name())
                    .orElseThrow(() -> new UserError("Topic " + Topics.CLASSIFICATIONS + " is not there"));
            int before = partitions(admin, labels).orElse(results);
            if (before != results) {
                throw new UserError("Scores were kept for " + before + " partitions (topic " + labels + "), but topic "
                        + Topics.CLASSIFICATIONS + " has " + results + " now, so a label could miss its result; start"
                        + " scores anew with another --application-id, or leave them out with --no-scores");
            }
            return results;
        }
    }

    private static Optional<Integer> partitions(Admin admin, String topic) {
        try {
            return Optional.of(admin.describeTopics(List.of(topic))
                    .topicNameValues()
                    .values()
                    .iterator()
                    .next()
                    .get()
                    .partitions()
                    .size());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw new UserError("Kafka does not tell how topic " + topic + " is set up: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserError("Interrupted while asking Kafka about topic " + topic, e);
        }
    }
}
