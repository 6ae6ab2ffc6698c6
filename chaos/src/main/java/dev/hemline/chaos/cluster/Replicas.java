package dev.hemline.chaos.cluster;

import dev.hemline.service.KafkaSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;

/** How whole the cluster is. A question that nobody answers has the answer no. */
public final class Replicas implements AutoCloseable {
    private static final int PATIENCE_MILLIS = (int) Duration.ofSeconds(5).toMillis();

    private final Admin admin;

    public Replicas(KafkaSettings kafka) {
        admin = Admin.create(
                kafka.client(Map.of("default.api.timeout.ms", PATIENCE_MILLIS, "request.timeout.ms", PATIENCE_MILLIS)));
    }

    /** Whether so many brokers are there. */
    public boolean brokers(int count) throws InterruptedException {
        try {
            return admin.describeCluster().nodes().get().size() >= count;
        } catch (ExecutionException e) {
            return false;
        }
    }

    /** Whether every partition of every topic has all its replicas in sync. */
    public boolean inSync() throws InterruptedException {
        try {
            Set<String> names = admin.listTopics(new ListTopicsOptions().listInternal(true))
                    .names()
                    .get();
            return admin.describeTopics(names).allTopicNames().get().values().stream()
                    .allMatch(Replicas::inSync);
        } catch (ExecutionException e) {
            return false;
        }
    }

    private static boolean inSync(TopicDescription topic) {
        return topic.partitions().stream()
                .allMatch(partition ->
                        partition.isr().size() == partition.replicas().size());
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
