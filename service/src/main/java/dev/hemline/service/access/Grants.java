package dev.hemline.service.access;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What Kafka lets a user do, asked of Kafka as that user. */
final class Grants implements AutoCloseable {
    private static final int PATIENCE_MS = 5_000;

    private final Admin admin;

    /**
     * As the user of these client settings.
     *
     * @throws KafkaException if they are no client's
     */
    Grants(Map<String, Object> client) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MS);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MS);
        admin = Admin.create(settings);
    }

    /** Whether the user may do that to that topic; of one that is missing, nothing but create it is asked. */
    boolean lacks(String topic, AclOperation operation) {
        try {
            var options = new DescribeTopicsOptions().includeAuthorizedOperations(true);
            boolean allowed = admin.describeTopics(List.of(topic), options).allTopicNames().get().values().stream()
                    .anyMatch(found -> found.authorizedOperations().contains(operation));
            // A topic that is there need not be made.
            return operation != AclOperation.CREATE && !allowed;
        } catch (ExecutionException e) {
            return !(e.getCause() instanceof UnknownTopicOrPartitionException) || operation == AclOperation.CREATE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
